import { isObject } from '../../is-object';
import { AwsError } from '../aws-error';
import { isConditionOperator } from './condition-operators';
import type { Condition, PolicyDocument, PolicyKind, Principal, Statement } from './policy-document';
import { withEscapedVariables } from './wildcard';

const elementNames = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);

/** Checks a document as IAM does when it stores one; throws MalformedPolicyDocument with IAM's message. */
export function parsePolicy(text: string, kind: PolicyKind): PolicyDocument {
  const document = parseJson(text);
  if (!isObject(document)) throw syntaxError();
  const { Version: version, Id: id, Statement: statement, ...unknown } = document;
  if (Object.keys(unknown).length > 0 || (id !== undefined && typeof id !== 'string')) throw syntaxError();
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') throw syntaxError();
  if (kind === 'identity' && version !== '2012-10-17') {
    throw malformed('Policy document must be version 2012-10-17 or greater.');
  }
  const statements = Array.isArray(statement) ? statement : [statement];
  if (statement === undefined || statements.length === 0) throw syntaxError();
  // The service that keeps a resource's policy has rules of its own: Lambda takes `-` and `_`, too.
  if (kind !== 'resource') checkSids(statements);
  const parsed = statements.map((one) => parseStatement(one, kind));
  return { statements: version === '2012-10-17' ? parsed : parsed.map(withoutVariables) };
}

/**
 * Before version 2012-10-17 there were no policy variables: `${aws:username}` is that text (IAM User Guide, "IAM policy
 * elements: Variables and tags").
 */
function withoutVariables({ resources, notResources, conditions, ...statement }: Statement): Statement {
  return {
    ...statement,
    ...(resources && { resources: resources.map(withEscapedVariables) }),
    ...(notResources && { notResources: notResources.map(withEscapedVariables) }),
    conditions: conditions.map(({ values, ...condition }) => ({
      ...condition,
      values: values.map(withEscapedVariables),
    })),
  };
}

function parseStatement(statement: unknown, kind: PolicyKind): Statement {
  if (!isObject(statement)) throw syntaxError();
  const effect = statement.Effect;
  if (effect !== 'Allow' && effect !== 'Deny') throw syntaxError();
  if (Object.keys(statement).some((name) => !elementNames.has(name))) throw syntaxError();

  const [actions, notActions] = pair(statement, 'Action', 'NotAction');
  const [resources, notResources] = pair(statement, 'Resource', 'NotResource');
  const principal = parsePrincipal(statement.Principal);
  const notPrincipal = parsePrincipal(statement.NotPrincipal);
  const elements = {
    ...(actions && { actions }),
    ...(notActions && { notActions }),
    ...(resources && { resources }),
    ...(notResources && { notResources }),
    ...(principal && { principal }),
    ...(notPrincipal && { notPrincipal }),
  };
  checkElements[kind](elements);
  return { effect, ...elements, conditions: parseConditions(statement.Condition) };
}

type Elements = Omit<Statement, 'effect' | 'conditions'>;

/** The elements that a statement must have, and those that it must not have, with IAM's messages for each kind. */
const checkElements: Readonly<Record<PolicyKind, (elements: Elements) => void>> = {
  trust(elements) {
    if (hasResource(elements)) throw malformed('Has prohibited field Resource');
    if (!hasPrincipal(elements)) throw malformed('Missing required field Principal cannot be empty!');
    if (!hasAction(elements)) throw malformed('Missing required field Action');
    if (elements.actions?.some((action) => !isTrustAction(action))) {
      throw malformed('AssumeRole policy may only specify STS AssumeRole actions.');
    }
  },
  resource(elements) {
    if (!hasPrincipal(elements)) throw malformed('Missing required field Principal');
    if (!hasAction(elements)) throw malformed('Missing required field Action');
    if (!hasResource(elements)) throw malformed('Missing required field Resource');
  },
  identity(elements) {
    if (hasPrincipal(elements)) throw malformed('Policy document should not specify a principal.');
    if (!hasAction(elements)) throw malformed('Policy statement must contain actions.');
    if (!hasResource(elements)) throw malformed('Policy statement must contain resources.');
    const { actions = [], notActions = [], resources = [], notResources = [] } = elements;
    checkActions([...actions, ...notActions]);
    checkResources([...resources, ...notResources]);
  },
};

const hasPrincipal = ({ principal, notPrincipal }: Elements) => (principal ?? notPrincipal) !== undefined;
const hasAction = ({ actions, notActions }: Elements) => (actions ?? notActions) !== undefined;
const hasResource = ({ resources, notResources }: Elements) => (resources ?? notResources) !== undefined;

/** An element and its Not form; a statement has at most one of them. */
function pair(
  statement: Record<string, unknown>,
  name: string,
  notName: string,
): [string[] | undefined, string[] | undefined] {
  const values = stringList(statement[name]);
  const notValues = stringList(statement[notName]);
  if (values && notValues) throw syntaxError();
  return [values, notValues];
}

function parsePrincipal(principal: unknown): Principal | undefined {
  if (principal === undefined || principal === '*') return principal;
  if (!isObject(principal)) throw syntaxError();
  return Object.fromEntries(
    Object.entries(principal).map(([kind, values]) => {
      const list = stringList(values);
      if (!list || !['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(kind)) throw syntaxError();
      return [kind, list];
    }),
  );
}

function parseConditions(condition: unknown): Condition[] {
  if (condition === undefined) return [];
  if (!isObject(condition)) throw syntaxError();
  return Object.entries(condition).flatMap(([operator, keys]) => {
    if (!isConditionOperator(operator) || !isObject(keys)) throw syntaxError();
    return Object.entries(keys).map(([key, values]) => ({
      operator,
      key,
      values: (Array.isArray(values) ? values : [values]).map(conditionValue),
    }));
  });
}

/** Numbers and booleans need no quotes. */
function conditionValue(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw syntaxError();
}

function checkSids(statements: readonly unknown[]): void {
  const sids = statements.flatMap((statement) =>
    isObject(statement) && statement.Sid !== undefined ? [statement.Sid] : [],
  );
  for (const sid of sids) {
    if (typeof sid !== 'string') throw syntaxError();
    if (!/^[0-9A-Za-z]*$/.test(sid)) {
      throw malformed(
        'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
      );
    }
  }
  // aws_iam_policy_document once wrote an empty Sid in each statement.
  const named = sids.filter((sid) => sid !== '');
  if (new Set(named).size !== named.length) {
    throw malformed('Statement IDs (SID) in a single policy must be unique.');
  }
}

function checkActions(actions: readonly string[]): void {
  if (actions.some((action) => action !== '*' && !/^[\w-]+:[\w*?]+$/.test(action))) {
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
}

function checkResources(resources: readonly string[]): void {
  for (const resource of resources) {
    if (/^(\*|arn:[^:]+:[^:]+:.+)$/s.test(resource)) continue;
    throw malformed(`Resource ${resource} must be in ARN format or "*".`);
  }
}

const isTrustAction = (action: string) => action === '*' || /^sts:/i.test(action);

function stringList(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0 || !list.every((item) => typeof item === 'string')) throw syntaxError();
  return list;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
}

const malformed = (message: string) => new AwsError('MalformedPolicyDocument', message);
const syntaxError = () => malformed('Syntax errors in policy.');
