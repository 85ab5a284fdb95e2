import { satisfies } from './condition-operators';
import type { PolicyDocument, Principal, Statement } from './policy-document';
import { type ConditionValues, conditionValue, withVariables } from './policy-variables';
import { matchesWildcard } from './wildcard';

/** A question to policies. */
export interface PolicyQuestion {
  /** Such as `lambda:InvokeFunction`. */
  readonly action: string;
  /** The resource's ARN, or `*`; missing for a trust policy, which has no Resource, and where it is not known. */
  readonly resource?: string | undefined;
  /** Who makes the request; only for policies that name principals. */
  readonly principal?: RequestPrincipal;
  /** Condition keys and their values. */
  readonly conditions?: ConditionValues;
}

/** Who makes a request, by all the names that a policy may use for it: for a role, its ARN and its session's. */
export interface RequestPrincipal {
  readonly kind: 'Service' | 'AWS' | 'Federated';
  readonly ids: readonly string[];
}

/** The policies' decision: a Deny overrides every Allow, and what no policy allows is denied. */
export type Verdict = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** Evaluates policies (IAM User Guide, "Policy evaluation logic", the part within one account). */
export function decide(policies: readonly PolicyDocument[], question: PolicyQuestion): Verdict {
  let verdict: Verdict = 'implicitDeny';
  for (const { statements } of policies) {
    for (const statement of statements) {
      if (!applies(statement, question)) continue;
      if (statement.effect === 'Deny') return 'explicitDeny';
      verdict = 'allowed';
    }
  }
  return verdict;
}

/** Whether a statement is about a question: its effect then counts. */
export function applies(statement: Statement, question: PolicyQuestion): boolean {
  const { action, resource, principal, conditions = {} } = question;
  return (
    actionApplies(statement, action) &&
    resourceApplies(statement, resource, conditions) &&
    principalApplies(statement, principal) &&
    conditionsApply(statement, conditions)
  );
}

/** Action names are compared without regard to case. */
function actionApplies({ actions, notActions }: Statement, action: string): boolean {
  const named = (patterns: readonly string[]) =>
    patterns.some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase()));
  return notActions ? !named(notActions) : named(actions ?? []);
}

function resourceApplies(
  { effect, resources, notResources }: Statement,
  resource: string | undefined,
  conditions: ConditionValues,
): boolean {
  // A trust policy has no Resource: it is about its own role.
  if (!(resources ?? notResources)) return true;
  // A Deny for certain resources does not apply to a resource that is not known.
  if (resource === undefined) return effect === 'Allow' || (resources ?? []).includes('*');
  const named = (patterns: readonly string[]) =>
    patterns.some((text) => {
      const pattern = withVariables(text, conditions);
      return pattern !== undefined && matchesWildcard(pattern, resource);
    });
  return notResources ? !named(notResources) : named(resources ?? []);
}

function principalApplies(statement: Statement, who: RequestPrincipal | undefined): boolean {
  if (who === undefined) return true;
  const named = (principal: Principal) =>
    principal === '*' ||
    (principal[who.kind] ?? []).some((id) => id === '*' || who.ids.includes(fullArn(id)));
  if (statement.notPrincipal) return !named(statement.notPrincipal);
  return statement.principal !== undefined && named(statement.principal);
}

/** An account's number is short for the ARN of its root user. */
const fullArn = (id: string) => (/^\d{12}$/.test(id) ? `arn:aws:iam::${id}:root` : id);

function conditionsApply({ conditions }: Statement, given: ConditionValues): boolean {
  return conditions.every(({ operator, key, values }) => {
    const value = conditionValue(given, key);
    const wanted = values.map((text) => withVariables(text, given)).filter((text) => text !== undefined);
    return satisfies(operator, wanted, typeof value === 'string' ? [value] : value);
  });
}
