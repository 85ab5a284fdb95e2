import { AwsError } from '../aws-error';
import type { EventBus } from './event-bus';
import { compileEventPattern } from './event-pattern';
import { busName, type EventRule, type EventTarget, ruleKey } from './event-rule';
import { EventPatternError } from './value-rule';

type Members = Readonly<Record<string, unknown>>;

/** Sends a request to the upstream, with these members. */
type Forward = (members: Members) => Promise<Response>;

type Answer = (bus: EventBus, members: Members, forward: Forward) => Promise<Response>;

/** The requests to EventBridge that concern targets in this account (EventBridge API Reference); all others pass unchanged. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  PutRule: async (bus, members, forward) => {
    checkPattern(members.EventPattern);
    const response = await forward(members);
    const { RuleArn } = await bodyOf(response);
    if (RuleArn !== undefined) remember(bus, members, RuleArn);
    return response;
  },
  EnableRule: (bus, members, forward) => toggle(bus, members, forward, true),
  DisableRule: (bus, members, forward) => toggle(bus, members, forward, false),
  DeleteRule: async (bus, members, forward) => {
    const rule = bus.rules.get(keyOf(members, 'Name'));
    if (rule && rule.targets.length > 0) {
      throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
    }
    const response = await forward(members);
    if (response.ok && rule) bus.rules.delete(ruleKey(rule));
    return response;
  },
  PutTargets: putTargets,
  RemoveTargets: removeTargets,
  ListTargetsByRule: async (bus, members, forward) => {
    const response = await forward(members);
    const { targets = [] } = bus.rules.get(keyOf(members, 'Rule')) ?? {};
    if (!response.ok || targets.length === 0 || members.NextToken !== undefined) return response;
    const { Targets = [], ...others } = await bodyOf(response);
    return jsonResponse({ ...others, Targets: [...targets, ...(Targets as EventTarget[])] });
  },
  ListRuleNamesByTarget: async (bus, members, forward) => {
    const { TargetArn } = members;
    if (!isHere(bus, TargetArn)) return forward(members);
    const name = busName(members.EventBusName);
    const rules = [...bus.rules.values()].filter(
      (rule) => rule.bus === name && rule.targets.some(({ Arn }) => Arn === TargetArn),
    );
    return jsonResponse({ RuleNames: rules.map((rule) => rule.name) });
  },
  PutEvents: async (bus, members, forward) => {
    const response = await forward(members);
    if (response.ok) bus.accepted(members.Entries, (await bodyOf(response)).Entries);
    return response;
  },
};

/**
 * Answers a request to EventBridge. Targets that are state machines or functions of this account stay here: the upstream
 * does not see them, so nothing is delivered twice.
 * @throws AwsError
 */
export function answerEventsRequest(
  bus: EventBus,
  operation: string,
  members: Members,
  forward: Forward,
): Promise<Response> {
  const answer = Object.hasOwn(ANSWERS, operation) ? ANSWERS[operation] : undefined;
  return answer ? answer(bus, members, forward) : forward(members);
}

const keyOf = (members: Members, member: 'Name' | 'Rule'): string =>
  ruleKey({ bus: busName(members.EventBusName), name: String(members[member]) });

async function bodyOf(response: Response): Promise<Members> {
  const text = await response.clone().text();
  return text === '' ? {} : (JSON.parse(text) as Members);
}

const jsonResponse = (body: Members) =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/x-amz-json-1.1' } });

/** @throws AwsError InvalidEventPatternException */
function checkPattern(pattern: unknown): void {
  if (typeof pattern !== 'string' || pattern === '') return;
  try {
    compileEventPattern(pattern);
  } catch (error) {
    if (!(error instanceof EventPatternError)) throw error;
    throw new AwsError(
      'InvalidEventPatternException',
      `Event pattern is not valid. Reason: ${error.message}`,
    );
  }
}

/** Keeps what is needed of a rule: a request of PutRule, or the answer of DescribeRule. */
function remember(bus: EventBus, members: Members, arn: unknown): EventRule {
  const { EventPattern: pattern, State = 'ENABLED' } = members;
  const key = { bus: busName(members.EventBusName), name: String(members.Name) };
  const rule: EventRule = {
    ...key,
    arn: String(arn),
    ...(typeof pattern === 'string' && pattern !== '' && { pattern }),
    enabled: State !== 'DISABLED',
    targets: bus.rules.get(ruleKey(key))?.targets ?? [],
  };
  bus.rules.set(ruleKey(key), rule);
  return rule;
}

async function toggle(
  bus: EventBus,
  members: Members,
  forward: Forward,
  enabled: boolean,
): Promise<Response> {
  const response = await forward(members);
  const rule = bus.rules.get(keyOf(members, 'Name'));
  if (response.ok && rule) bus.rules.set(ruleKey(rule), { ...rule, enabled });
  return response;
}

/** Whether an ARN is that of a function or a state machine of this account and region. */
function isHere({ context: { region, accountId } }: EventBus, arn: unknown): boolean {
  const place = `${region}:${accountId}`;
  return [`arn:aws:lambda:${place}:function:`, `arn:aws:states:${place}:stateMachine:`].some((prefix) =>
    String(arn).startsWith(prefix),
  );
}

async function putTargets(bus: EventBus, members: Members, forward: Forward): Promise<Response> {
  const targets = (Array.isArray(members.Targets) ? members.Targets : []) as EventTarget[];
  const here = targets.filter(({ Arn }) => isHere(bus, Arn));
  const others = targets.filter(({ Arn }) => !isHere(bus, Arn));
  const known = bus.rules.get(keyOf(members, 'Rule'));
  if (here.length === 0 && known === undefined) return forward(members);
  const rule = known ?? (await findRule(bus, members));
  // The upstream says what is wrong.
  if (rule === undefined) return forward(members);
  for (const { Arn, RoleArn } of here) {
    if (RoleArn !== undefined || Arn.split(':')[2] === 'lambda') continue;
    throw new AwsError('ValidationException', `RoleArn is required for target ${Arn}.`);
  }
  const response =
    others.length > 0 || here.length === 0
      ? await forward({ ...members, Targets: others })
      : jsonResponse({ FailedEntryCount: 0, FailedEntries: [] });
  if (!response.ok) return response;
  const replaced = new Set(targets.map(({ Id }) => Id));
  const kept = rule.targets.filter(({ Id }) => !replaced.has(Id));
  bus.rules.set(ruleKey(rule), { ...rule, targets: [...kept, ...here] });
  if (here.length > 0 && rule.pattern === undefined) {
    process.emitWarning(`Schedules are not run here: the targets of ${rule.arn} are kept without effect.`);
  }
  await forgetElsewhere(bus, rule, here);
  return response;
}

/** The rule at the upstream, if it was made before, or elsewhere. */
async function findRule(bus: EventBus, members: Members): Promise<EventRule | undefined> {
  const { Rule: Name, EventBusName } = members;
  try {
    const found = await bus.upstream?.call('events', 'DescribeRule', { Name, EventBusName });
    return found && remember(bus, { ...found, Name, EventBusName }, found.Arn);
  } catch {
    return undefined;
  }
}

/** A target of the same id that was elsewhere is replaced. */
async function forgetElsewhere(
  bus: EventBus,
  { name: Rule, bus: EventBusName, targets }: EventRule,
  here: readonly EventTarget[],
): Promise<void> {
  const Ids = here.map(({ Id }) => Id).filter((id) => !targets.some(({ Id }) => Id === id));
  if (Ids.length === 0) return;
  // An upstream may say that there were none.
  await bus.upstream?.call('events', 'RemoveTargets', { Rule, EventBusName, Ids }).catch(() => {});
}

async function removeTargets(bus: EventBus, members: Members, forward: Forward): Promise<Response> {
  const rule = bus.rules.get(keyOf(members, 'Rule'));
  const ids = (Array.isArray(members.Ids) ? members.Ids : []) as string[];
  const isLocal = (id: string) => rule?.targets.some(({ Id }) => Id === id) ?? false;
  const others = ids.filter((id) => !isLocal(id));
  const response =
    others.length > 0 || ids.length === 0
      ? await forward({ ...members, Ids: others })
      : jsonResponse({ FailedEntryCount: 0, FailedEntries: [] });
  if (response.ok && rule) {
    const targets = rule.targets.filter(({ Id }) => !ids.includes(Id));
    bus.rules.set(ruleKey(rule), { ...rule, targets });
  }
  return response;
}
