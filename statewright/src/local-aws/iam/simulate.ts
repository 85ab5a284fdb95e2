import { decideByResource } from './authorize';
import { applies, decide, type PolicyQuestion, type Verdict } from './decide';
import { invalidInput } from './errors';
import { iamPage } from './paging';
import type { PolicyDocument } from './policy-document';
import { type ConditionValues, conditionValue, variablesIn } from './policy-variables';
import type { IamRequest, SimulationRequest } from './requests';
import { findSource, inputPolicies, readPolicy, type SourcePolicy } from './simulated-policies';
import type { IamStore } from './store';

/** What the actions of a simulation are tested with. */
interface Simulation {
  readonly identity: readonly SourcePolicy[];
  readonly boundaries: readonly PolicyDocument[];
  readonly resource: SourcePolicy | undefined;
  /** The ARN that the resource's policy may name. */
  readonly caller: string | undefined;
  /** What is known of the principal, and the values that the request has. */
  readonly conditions: ConditionValues;
}

/** How many decisions a page has at most: more would keep others waiting. */
const MOST_DECISIONS = 1000;

/** Whether a role, a user or a group may perform actions, by its own policies and those of the request. */
export function simulatePrincipalPolicy(iam: IamStore, request: IamRequest<'SimulatePrincipalPolicy'>) {
  const source = findSource(iam, request.PolicySourceArn);
  const given = boundariesIn(request);
  return results(iam, request, {
    identity: [...source.policies, ...inputPolicies(request.PolicyInputList)],
    boundaries: given.length > 0 ? given : source.boundaries,
    resource: resourcePolicyIn(request),
    caller: request.CallerArn ?? source.caller,
    conditions: { ...source.conditions, ...contextOf(request) },
  });
}

/** Whether the policies of the request allow actions. */
export function simulateCustomPolicy(iam: IamStore, request: IamRequest<'SimulateCustomPolicy'>) {
  return results(iam, request, {
    identity: inputPolicies(request.PolicyInputList),
    boundaries: boundariesIn(request),
    resource: resourcePolicyIn(request),
    caller: request.CallerArn,
    conditions: contextOf(request),
  });
}

/** The condition keys that the policies of a role, a user or a group, and those of the request, use. */
export function getContextKeysForPrincipalPolicy(
  iam: IamStore,
  { PolicySourceArn, PolicyInputList }: IamRequest<'GetContextKeysForPrincipalPolicy'>,
) {
  const policies = [...findSource(iam, PolicySourceArn).policies, ...inputPolicies(PolicyInputList)];
  return { ContextKeyNames: contextKeys(policies.map(({ document }) => document)) };
}

/** The condition keys that policies use. */
export function getContextKeysForCustomPolicy(
  _: IamStore,
  { PolicyInputList }: IamRequest<'GetContextKeysForCustomPolicy'>,
) {
  return { ContextKeyNames: contextKeys(inputPolicies(PolicyInputList).map(({ document }) => document)) };
}

/** One result for each action; where the request names resources, it has one for each of them (IAM API Reference, EvaluationResult). */
function results(iam: IamStore, request: SimulationRequest, simulation: Simulation) {
  if (simulation.resource && simulation.caller === undefined) {
    throw invalidInput('CallerArn must be set if ResourcePolicy is set.');
  }
  const invalid = request.ActionNames.find((action) => !/^[\w-]+:\w+$/.test(action));
  if (invalid !== undefined) throw invalidInput(`The action ${invalid} is not valid.`);
  const resources = request.ResourceArns ?? [];
  const MaxItems = Math.min(request.MaxItems ?? 100, Math.floor(MOST_DECISIONS / (resources.length || 1)));
  const { items, paging } = iamPage(request.ActionNames, { ...request, MaxItems });
  const missing = missingKeys(simulation);
  const decision = (action: string, resource: string) => evaluate(iam, simulation, missing, action, resource);
  return {
    EvaluationResults: items.map((action) =>
      resources.length === 0 || resources.every((resource) => resource === '*')
        ? onAnyResource(decision(action, '*'), action)
        : onResources(
            resources.map((resource) => decision(action, resource)),
            action,
          ),
    ),
    ...paging,
  };
}

type Evaluation = ReturnType<typeof evaluate>;

const onAnyResource = ({ resource, decision, ...details }: Evaluation, action: string) => ({
  EvalActionName: action,
  EvalResourceName: resource,
  EvalDecision: decision,
  ...details,
});

function onResources(evaluations: readonly Evaluation[], action: string) {
  const [first, ...others] = evaluations as [Evaluation, ...Evaluation[]];
  const decisions = evaluations.map(({ decision }) => decision);
  return {
    EvalActionName: action,
    EvalResourceName: others.length === 0 ? first.resource : '*',
    EvalDecision: strictest(decisions),
    MatchedStatements: evaluations.flatMap(({ MatchedStatements }) => MatchedStatements),
    ...('PermissionsBoundaryDecisionDetail' in first && {
      PermissionsBoundaryDecisionDetail: {
        AllowedByPermissionsBoundary: evaluations.every(
          ({ PermissionsBoundaryDecisionDetail: detail }) => detail?.AllowedByPermissionsBoundary,
        ),
      },
    }),
    ResourceSpecificResults: evaluations.map(({ resource, decision, ...details }) => ({
      EvalResourceName: resource,
      EvalResourceDecision: decision,
      ...details,
    })),
  };
}

/** The decision for several resources together: allowed if each is. */
const strictest = (decisions: readonly Verdict[]): Verdict =>
  (['explicitDeny', 'implicitDeny'] as const).find((one) => decisions.includes(one)) ?? 'allowed';

/** The decision on one resource, as `authorizePrincipal` takes it for a call. */
function evaluate(
  iam: IamStore,
  simulation: Simulation,
  missing: readonly string[],
  action: string,
  resource: string,
) {
  const { identity, boundaries, resource: ofResource, caller, conditions } = simulation;
  const question: PolicyQuestion = { action, resource, conditions };
  const documents = identity.map(({ document }) => document);
  const grants = [decide(documents, question)];
  if (ofResource && caller !== undefined) {
    grants.push(decideByResource(iam, ofResource.document, [caller], question));
  }
  const limits = boundaries.length > 0 ? [decide(boundaries, question)] : [];
  const decision: Verdict = [...grants, ...limits].includes('explicitDeny')
    ? 'explicitDeny'
    : grants.includes('allowed') && limits.every((limit) => limit === 'allowed')
      ? 'allowed'
      : 'implicitDeny';
  return {
    resource,
    decision,
    MatchedStatements: matched(simulation, question, decision),
    MissingContextValues: missing,
    ...(limits.length > 0 && {
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: limits[0] === 'allowed' },
    }),
  };
}

/** The condition keys that the policies of a simulation use, and that have no value in it. */
function missingKeys({ identity, boundaries, resource, conditions }: Simulation): readonly string[] {
  const documents = [...identity, ...(resource ? [resource] : [])].map(({ document }) => document);
  return contextKeys([...documents, ...boundaries]).filter(
    (key) => conditionValue(conditions, key) === undefined,
  );
}

/** The policies whose statements decide: those that deny, if one does. */
function matched({ identity, resource, caller }: Simulation, question: PolicyQuestion, decision: Verdict) {
  const effect = decision === 'explicitDeny' ? 'Deny' : 'Allow';
  const principal = caller === undefined ? {} : { principal: { kind: 'AWS' as const, ids: [caller] } };
  const sources = [
    ...identity.map((source) => ({ source, asked: question })),
    ...(resource ? [{ source: resource, asked: { ...question, ...principal } }] : []),
  ];
  return sources.flatMap(({ source: { document, ...shown }, asked }) =>
    document.statements
      .filter((statement) => statement.effect === effect && applies(statement, asked))
      .map(() => shown),
  );
}

/** The condition keys that policies use, in conditions and as variables, in order of name. */
function contextKeys(policies: readonly PolicyDocument[]): string[] {
  const keys = policies
    .flatMap(({ statements }) => statements)
    .flatMap(({ conditions, resources = [], notResources = [] }) => [
      ...conditions.flatMap(({ key, values }) => [key, ...values.flatMap(variablesIn)]),
      ...[...resources, ...notResources].flatMap(variablesIn),
    ]);
  return [...new Set(keys)].sort();
}

const boundariesIn = ({ PermissionsBoundaryPolicyInputList: texts = [] }: SimulationRequest) =>
  texts.map((text) => readPolicy(text, 'identity'));

const resourcePolicyIn = ({ ResourcePolicy: text }: SimulationRequest): SourcePolicy | undefined =>
  text === undefined
    ? undefined
    : {
        document: readPolicy(text, 'resource'),
        SourcePolicyId: 'ResourcePolicy',
        SourcePolicyType: 'Resource Policy',
      };

/** A key with one value has it as text: only then can it be a variable. */
function contextOf({ ContextEntries = [] }: SimulationRequest): ConditionValues {
  return Object.fromEntries(
    ContextEntries.map(({ ContextKeyName = '', ContextKeyValues = [], ContextKeyType = 'string' }) => {
      const [only, ...others] = ContextKeyValues;
      const isText = only !== undefined && others.length === 0 && !ContextKeyType.endsWith('List');
      return [ContextKeyName, isText ? only : ContextKeyValues];
    }),
  );
}
