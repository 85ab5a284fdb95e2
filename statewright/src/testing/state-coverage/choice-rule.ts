import { ownField } from '../../asl/scopes';
import { compileStateMachine, type HistoryEvent, startExecution, VirtualClock } from '../../engine';
import { executionPath, type StateVisit } from '../../history/execution-path';
import { listOf } from './items';

/**
 * The rule that a Choice followed, as `/Choices[1]` or `/Default`. The history tells where it went; of several rules
 * that lead there, the one that matches the state's input and variables.
 */
export async function matchedRule(
  fields: unknown,
  visit: StateVisit,
  events: readonly HistoryEvent[],
): Promise<string | undefined> {
  const { next } = visit;
  if (next === undefined) return undefined;
  const rules = [
    ...listOf(fields, 'Choices').map((rule, index) => ({
      part: `/Choices[${index}]`,
      to: ownField(rule, 'Next'),
    })),
    { part: '/Default', to: ownField(fields, 'Default') },
  ].filter(({ to }) => to === next.name);
  if (rules.length < 2) return rules[0]?.part;
  const asked = await askAgain(fields, visit, events);
  return (rules.find(({ part }) => part === asked) ?? rules[0])?.part;
}

/** Runs the Choice by itself, with an end for each rule. */
async function askAgain(
  fields: unknown,
  visit: StateVisit,
  events: readonly HistoryEvent[],
): Promise<string | undefined> {
  const rules = listOf(fields, 'Choices');
  const ends = [...rules.map((_, index) => `/Choices[${index}]`), '/Default'];
  const choice = {
    ...(fields as object),
    Choices: rules.map((rule, index) => ({ ...(rule as object), Next: ends[index] })),
    Default: '/Default',
  };
  const machine = compileStateMachine({
    StartAt: 'Variables',
    States: {
      Variables: { Type: 'Pass', Assign: variablesAt(visit, events), Next: visit.name },
      [visit.name]: { QueryLanguage: queryLanguage(fields), ...choice },
      ...Object.fromEntries(ends.map((end) => [end, { Type: 'Succeed' }])),
    },
  });
  const arn = (kind: string) => `arn:aws:states:us-east-1:000000000000:${kind}`;
  const execution = startExecution(
    machine,
    {
      input: visit.input,
      executionArn: arn('execution:choice:asked-again'),
      stateMachineArn: arn('stateMachine:choice'),
      roleArn: 'arn:aws:iam::000000000000:role/choice',
    },
    {
      clock: new VirtualClock(visit.enteredAt),
      random: () => 0,
      uuid: () => '00000000-0000-4000-8000-000000000000',
      invokeTask: () => ({ error: 'States.Runtime' }),
    },
  );
  await execution.outcome;
  return executionPath(execution.events).visits.at(-1)?.name;
}

/** A Choice with a Condition is in JSONata, wherever that was said. */
function queryLanguage(fields: unknown): 'JSONata' | 'JSONPath' {
  return listOf(fields, 'Choices').some((rule) => ownField(rule, 'Condition') !== undefined)
    ? 'JSONata'
    : 'JSONPath';
}

/** The variables that the states before it in its own scope, and in those around it, had assigned. */
function variablesAt(choice: StateVisit, events: readonly HistoryEvent[]): Record<string, unknown> {
  const scopes: (string | undefined)[] = [];
  for (let { scope } = choice; ; { scope } = scope.visit) {
    scopes.push(scopeId(scope));
    if (scope === undefined) break;
  }
  const visitIds = new Map(
    executionPath(events)
      .visits.filter(
        ({ exitedEventId, scope }) => exitedEventId !== undefined && scopes.includes(scopeId(scope)),
      )
      .map(({ exitedEventId }) => [exitedEventId, true]),
  );
  const variables: Record<string, unknown> = {};
  for (const event of events) {
    if (event.id >= choice.enteredEventId) break;
    if (!visitIds.has(event.id) || !('stateExitedEventDetails' in event)) continue;
    const { assignedVariables = {} } = event.stateExitedEventDetails;
    for (const [name, text] of Object.entries(assignedVariables)) variables[name] = JSON.parse(text);
  }
  return variables;
}

function scopeId(scope: StateVisit['scope']): string | undefined {
  return scope && `${scope.visit.enteredEventId}:${scope.attempt}:${scope.index}`;
}
