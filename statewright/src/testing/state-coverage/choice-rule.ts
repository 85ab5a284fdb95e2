import type { QueryLanguage } from '../../asl';
import { listAt, objectOf, ownField, type Part, transitionsOf } from '../../asl/graph';
import { fieldAt } from '../../asl/location';
import { compileStateMachine, type HistoryEvent, startExecution, VirtualClock } from '../../engine';
import { executionPath, type StateVisit } from '../../history/execution-path';

/**
 * The location of the rule that a Choice followed, `/States/Pick/Choices[1]` or `/States/Pick/Default`. The history has
 * the next state; of several rules with this Next, it is the one that matches the state's input and variables.
 */
export async function matchedRule(
  state: Part,
  visit: StateVisit,
  events: readonly HistoryEvent[],
): Promise<string | undefined> {
  const { next } = visit;
  if (next === undefined) return undefined;
  const rules = transitionsOf(state)
    .filter(({ target }) => target === next.name)
    .map((each) => ('clause' in each ? each.clause.location : each.location));
  if (rules.length < 2) return rules[0];
  const asked = await askAgain(state, visit, events);
  return rules.find((rule) => rule === asked) ?? rules[0];
}

/** Runs the Choice by itself, with an end for each rule. */
async function askAgain(
  state: Part,
  visit: StateVisit,
  events: readonly HistoryEvent[],
): Promise<string | undefined> {
  const rules = listAt(state, 'Choices');
  const otherwise = fieldAt(state.location, 'Default');
  const ends = [...rules.map(({ location }) => location), otherwise];
  const choice = {
    ...objectOf(state.content),
    Choices: rules.map(({ content, location }) => ({ ...objectOf(content), Next: location })),
    Default: otherwise,
  };
  const machine = compileStateMachine({
    StartAt: 'Variables',
    States: {
      Variables: { Type: 'Pass', Assign: variablesAt(visit, events), Next: visit.name },
      [visit.name]: { QueryLanguage: queryLanguage(state), ...choice },
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

/** A Choice with a Condition is in JSONata, wherever QueryLanguage is set. */
function queryLanguage(state: Part): QueryLanguage {
  const hasCondition = listAt(state, 'Choices').some(
    ({ content }) => ownField(content, 'Condition') !== undefined,
  );
  return hasCondition ? 'JSONata' : 'JSONPath';
}

/** The variables that the states before it in its own scope, and in those around it, have assigned. */
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
