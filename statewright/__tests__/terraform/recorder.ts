import type { TargetAccount, TargetRegion } from '../../src/local-aws/deployment';

/** An account that records its calls, and answers like a new account. */
export interface Recorder extends TargetAccount {
  /** Each operation, such as `iam.createRole`, and its request, in the order of the calls. */
  readonly calls: [operation: string, request: unknown][];
  /** The requests of one operation. */
  requests(operation: string): unknown[];
}

export function recorder(overrides: { iam?: Partial<TargetRegion['iam']> } = {}): Recorder {
  const calls: Recorder['calls'] = [];
  const recording =
    <Request, Answer>(operation: string, answer: (request: Request) => Answer) =>
    (request: Request): Answer => {
      calls.push([operation, request]);
      return answer(request);
    };
  const iamArn = (resource: string) => `arn:aws:iam::123456789012:${resource}`;
  const nothing = () => undefined as never;

  const inRegion = (region: string): TargetRegion => {
    const arn = (service: string, resource: string) =>
      `arn:aws:${service}:${region}:123456789012:${resource}`;
    return {
      accountId: '123456789012',
      region,
      iam: {
        getRole: nothing,
        createRole: recording('iam.createRole', ({ RoleName, Path = '/', AssumeRolePolicyDocument }) => ({
          Role: {
            RoleName,
            RoleId: 'AROA1',
            Arn: iamArn(`role${Path}${RoleName}`),
            Path,
            CreateDate: new Date(0),
            AssumeRolePolicyDocument,
            MaxSessionDuration: 3600,
          },
        })),
        createPolicy: recording('iam.createPolicy', ({ PolicyName, Path = '/' }) => ({
          Policy: { PolicyName, PolicyId: 'ANPA1', Arn: iamArn(`policy${Path}${PolicyName}`), Path } as never,
        })),
        createOpenIDConnectProvider: recording('iam.createOpenIDConnectProvider', ({ Url }) => ({
          OpenIDConnectProviderArn: iamArn(`oidc-provider/${Url.replace('https://', '')}`),
        })),
        putRolePolicy: recording('iam.putRolePolicy', nothing),
        attachRolePolicy: recording('iam.attachRolePolicy', nothing),
        ...overrides.iam,
      },
      logs: {
        createLogGroup: recording('logs.createLogGroup', nothing),
        putRetentionPolicy: recording('logs.putRetentionPolicy', nothing),
      },
      lambda: {
        addPermission: recording('lambda.addPermission', nothing),
        cannotRead: () => undefined,
        createAlias: recording('lambda.createAlias', nothing as never),
        createEventSourceMapping: recording('lambda.createEventSourceMapping', () => {
          const created = { UUID: 'u-1', FunctionArn: arn('lambda', 'function:f'), State: 'Creating' };
          return created as ReturnType<TargetRegion['lambda']['createEventSourceMapping']>;
        }),
        createFunction: recording('lambda.createFunction', ({ FunctionName }) => {
          const created = { FunctionArn: arn('lambda', `function:${FunctionName}`), Version: '1' };
          return created as ReturnType<TargetRegion['lambda']['createFunction']>;
        }),
        createFunctionUrlConfig: recording('lambda.createFunctionUrlConfig', () => {
          const created = { FunctionUrl: 'http://id.lambda-url.us-east-1.localhost:4566/' };
          return created as ReturnType<TargetRegion['lambda']['createFunctionUrlConfig']>;
        }),
        putFunctionEventInvokeConfig: recording('lambda.putFunctionEventInvokeConfig', nothing),
        publishLayerVersion: recording('lambda.publishLayerVersion', ({ LayerName }) => ({
          LayerArn: arn('lambda', `layer:${LayerName}`),
          LayerVersionArn: arn('lambda', `layer:${LayerName}:1`),
          Version: 1,
          Description: '',
          CreatedDate: '1970-01-01T00:00:00.000+0000',
          Content: { CodeSha256: 'hash', CodeSize: 3 },
        })),
      },
      states: {
        createActivity: recording('states.createActivity', ({ name }) => ({
          activityArn: arn('states', `activity:${name}`),
          creationDate: new Date(0),
        })),
        createStateMachine: recording('states.createStateMachine', ({ name }) => ({
          stateMachineArn: arn('states', `stateMachine:${name}`),
          creationDate: new Date(0),
        })),
        createStateMachineAlias: recording('states.createStateMachineAlias', ({ name }) => ({
          stateMachineAliasArn: arn('states', `stateMachine:${name}`),
          creationDate: new Date(0),
        })),
      },
    };
  };
  return {
    calls,
    requests: (operation) => calls.filter(([called]) => called === operation).map(([, request]) => request),
    region: 'us-east-1',
    in: inRegion,
  };
}
