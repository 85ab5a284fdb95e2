/**
 * The IAM permissions that a Task's call needs, from its request (Service Authorization Reference, "Actions, resources,
 * and condition keys"; Step Functions Developer Guide, "How Step Functions generates IAM policies for integrated services").
 */
import { objectOf, ownField } from './graph';
import { ACTIONS, PREFIXES, RESOURCES, WITHOUT_RESOURCE } from './iam-names';
import { functionArn, type IntegrationResource, parseFunctionName } from './resource';

/** The place of a caller's own resources. */
export interface Home {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** The state machine that calls (default: any). */
  readonly stateMachineArn?: string;
}

/** A permission that a call needs. */
export interface TaskPermission {
  /** Such as `sqs:SendMessage`. */
  readonly action: string;
  /** The resource's ARN, or `*` for an action without resources. Undefined when the request does not say it. */
  readonly resource: string | undefined;
  /** The condition keys of the request that are the action's own. */
  readonly conditions?: Readonly<Record<string, string>>;
}

/** ARNs without a region and an account, and those without a region. */
const GLOBAL: Readonly<Record<string, (home: Home) => string>> = {
  bedrock: ({ partition, region }) => `arn:${partition}:bedrock:${region}::`,
  iam: ({ partition, accountId }) => `arn:${partition}:iam::${accountId}:`,
};

/** A whole text that is one reference to an attribute of a Terraform resource. */
const REFERENCE = /^\$\{((?:data\.)?\w+\.[\w-]+(?:\[[^\]]*\])?)\.\w+\}$/;

/**
 * What a value of a request names: an ARN is the resource itself, and a reference to any attribute of a Terraform resource
 * means that resource. Undefined for a value that is only known at run time.
 */
function resourceNamed(value: unknown, arnOf: (name: string) => string): string | undefined {
  if (typeof value !== 'string' || value === '' || value.startsWith('{%')) return undefined;
  if (value.startsWith('arn:')) return value;
  const [, address] = REFERENCE.exec(value) ?? [];
  return address === undefined ? arnOf(value) : `\${${address}.arn}`;
}

/** The permissions of one call: without those for waiting, which `.sync` needs in addition. */
export function callPermissions(
  { sdk, service, action: operation }: IntegrationResource,
  request: unknown,
  home: Home,
): TaskPermission[] {
  const prefix = PREFIXES[service] ?? service;
  const name = operation.charAt(0).toUpperCase() + operation.slice(1);
  const action = `${prefix}:${ACTIONS[prefix]?.[operation.toLowerCase()] ?? name}`;
  const special = sdk ? undefined : (OPTIMIZED[`${service}:${operation}`] ?? OPTIMIZED[service]);
  if (special) return special(request, home);
  if (prefix === 'sts' && operation === 'getCallerIdentity') return [];
  if (WITHOUT_RESOURCE[prefix]?.test(operation.toLowerCase())) return [{ action, resource: '*' }];
  return (SPECIAL[prefix] ?? byField)(prefix, action, request, home);
}

type Derive = (prefix: string, action: string, request: unknown, home: Home) => TaskPermission[];

const byField: Derive = (prefix, action, request, home) => {
  const start = GLOBAL[prefix]?.(home) ?? `arn:${home.partition}:${prefix}:${home.region}:${home.accountId}:`;
  for (const [field, pattern] of Object.entries(RESOURCES[prefix] ?? {})) {
    const arnOf = (name: string) => start + named(pattern, name);
    const value = ownField(request, field);
    if (value !== undefined) return [{ action, resource: resourceNamed(value, arnOf) }];
  }
  return [{ action, resource: undefined }];
};

/** A path such as a parameter's starts with its own slash; a family without a revision means any revision. */
function named(pattern: string, name: string): string {
  const place = pattern.endsWith('#:*') && name.includes(':') ? pattern.slice(0, -2) : pattern;
  return place.replace('#', () => (place.includes('/#') ? name.replace(/^\//, '') : name));
}

/** A queue's ARN from its URL, whose path is its account and its name. */
function queueArn(url: string, { partition, region, accountId }: Home): string {
  const [, host = '', path = ''] = /^https?:\/\/([^/]+)\/(.*)$/.exec(url) ?? [];
  const [name = url, account = accountId] = path.split('/').filter(Boolean).reverse();
  const [, named = region] = /^(?:sqs\.)?([a-z]+(?:-[a-z]+)+-\d)\./.exec(host) ?? [];
  return `arn:${partition}:sqs:${named}:${/^\d{12}$/.test(account) ? account : accountId}:${name}`;
}

const SPECIAL: Readonly<Record<string, Derive>> = {
  batch: (prefix, action, request, home) => {
    if (action !== 'batch:SubmitJob') return byField(prefix, action, request, home);
    const [JobDefinition = '{%', JobQueue = '{%'] = ['JobDefinition', 'JobQueue'].map((field) =>
      ownField(request, field),
    );
    return [{ JobDefinition }, { JobQueue }].flatMap((part) => byField(prefix, action, part, home));
  },
  dynamodb: (prefix, action, request, home) => {
    const tables = Object.keys(objectOf(ownField(request, 'RequestItems')) ?? {});
    const parts = ownField(request, 'TransactItems');
    if (Array.isArray(parts)) {
      return parts.flatMap((part) =>
        Object.entries(objectOf(part) ?? {}).flatMap(([kind, inner]) => {
          const each = kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`;
          return byField(prefix, `dynamodb:${each}`, inner, home);
        }),
      );
    }
    if (tables.length > 0) {
      return tables.flatMap((TableName) => byField(prefix, action, { TableName }, home));
    }
    const index = ownField(request, 'IndexName');
    return byField(prefix, action, request, home).map(({ resource }) => ({
      action,
      resource: index === undefined || resource === undefined ? resource : `${resource}/index/${index}`,
    }));
  },
  eks: (prefix, action, request, home) => {
    const cluster = byField(prefix, action, request, home);
    const [, part] = /:(?:Delete|Describe)(Nodegroup|FargateProfile)$/.exec(action) ?? [];
    if (part === undefined) return cluster;
    const name = ownField(request, `${part}Name`);
    const known = typeof name === 'string' && !name.startsWith('{%') ? name : '*';
    // The end of the ARN is a UUID.
    const resourceOf = (arn: string) => `${arn.replace(':cluster/', `:${part.toLowerCase()}/`)}/${known}/*`;
    return cluster.map(({ resource }) => ({
      action,
      resource: resource?.startsWith('arn:') ? resourceOf(resource) : undefined,
    }));
  },
  events: (prefix, action, request, home) => {
    const entries = ownField(request, 'Entries');
    if (action !== 'events:PutEvents') return byField(prefix, action, request, home);
    if (!Array.isArray(entries)) return [{ action, resource: undefined }];
    const buses = entries.flatMap((entry) => {
      const atRunTime = ownField(entry, 'EventBusName.$') !== undefined;
      const EventBusName = ownField(entry, 'EventBusName') ?? (atRunTime ? '{%' : 'default');
      return byField(prefix, action, { EventBusName }, home);
    });
    return buses.filter(
      ({ resource }, index) => buses.findIndex((bus) => bus.resource === resource) === index,
    );
  },
  s3: (_, action, request, { partition }) => {
    const bucket = resourceNamed(ownField(request, 'Bucket'), (name) => `arn:${partition}:s3:::${name}`);
    if (bucket === undefined) return [{ action, resource: undefined }];
    const key = (value: unknown) => (typeof value === 'string' && !value.startsWith('{%') ? value : '*');
    if (action === 's3:DeleteObject' && ownField(request, 'Delete') !== undefined) {
      return [{ action, resource: `${bucket}/*` }];
    }
    const hasKey = ['Key', 'Key.$'].some((field) => ownField(request, field) !== undefined);
    const own = { action, resource: hasKey ? `${bucket}/${key(ownField(request, 'Key'))}` : bucket };
    const source = ownField(request, 'CopySource');
    if (typeof source !== 'string') return [own];
    const read = source.startsWith('{%') ? undefined : `arn:${partition}:s3:::${source.replace(/^\//, '')}`;
    return [own, { action: 's3:GetObject', resource: read }];
  },
  sqs: (_, action, request, home) => {
    const url = ownField(request, 'QueueUrl') ?? ownField(request, 'QueueName');
    return [{ action, resource: resourceNamed(url, (text) => queueArn(text, home)) }];
  },
  lambda: (prefix, action, request, home) => {
    const name = ownField(request, 'FunctionName');
    if (name === undefined) return byField(prefix, action, request, home);
    const qualifier = ownField(request, 'Qualifier');
    const own = { ...home, ...(typeof qualifier === 'string' && { qualifier }) };
    return [
      {
        action,
        resource: resourceNamed(name, (text) => functionArn({ ...own, ...parseFunctionName(text) }, home)),
      },
    ];
  },
};

const SECRETS = ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'];

/** Optimized integrations whose call is not an operation of an AWS service; all actions of a service, or one. */
const OPTIMIZED: Readonly<Record<string, (request: unknown, home: Home) => TaskPermission[]>> = {
  apigateway: (request, { partition, region, accountId }) => {
    const auth = ownField(request, 'AuthType') ?? 'NO_AUTH';
    if (auth === 'NO_AUTH') return [];
    const field = (name: string) => {
      const value = ownField(request, name);
      return typeof value === 'string' && !value.startsWith('{%') ? value.replace(/^\//, '') : '*';
    };
    const [api = '*'] = field('ApiEndpoint').split('.');
    const end = [api, field('Stage'), field('Method'), field('Path')].join('/');
    return [
      {
        action: 'execute-api:Invoke',
        resource: `arn:${partition}:execute-api:${region}:${accountId}:${end}`,
      },
    ];
  },
  // The cluster itself decides: its configuration maps roles to its users.
  'eks:call': () => [],
  'eks:runJob': () => [],
  http: (request, { partition, stateMachineArn = '*' }) => {
    const connection = ownField(
      ownField(request, 'Authentication') ?? ownField(request, 'InvocationConfig'),
      'ConnectionArn',
    );
    const secret = `arn:${partition}:secretsmanager:*:*:secret:events!connection/*`;
    return [
      {
        action: 'states:InvokeHTTPEndpoint',
        resource: stateMachineArn,
        conditions: {
          'states:HTTPEndpoint': String(ownField(request, 'ApiEndpoint')),
          'states:HTTPMethod': String(ownField(request, 'Method')),
        },
      },
      { action: 'events:RetrieveConnectionCredentials', resource: resourceNamed(connection, String) },
      ...SECRETS.map((action) => ({ action, resource: secret })),
    ];
  },
};
