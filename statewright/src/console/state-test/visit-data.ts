import { ownField } from '../../asl/graph';
import { eventDetails } from '../../history/event-details';
import type { HistoryEvent, JsonText } from '../../history/events';
import type { ExecutionPath, StateVisit } from '../../history/execution-path';
import { stateMachineOf } from '../execution-arn';
import { jsonObject, layOutJson } from '../json-text';
import type { ExecutionDetails } from '../source';
import { groupKey, visitGroups } from '../visit-tree';
import type { TestableState } from './testable-states';

/** What a visit to a state had and did, as far as the history says. */
export interface VisitData {
  readonly input: JsonText;
  /** The variables that it saw: a JSON object. */
  readonly variables: JsonText;
  /** Its context object. */
  readonly context: JsonText;
  /** How many times it was retried. */
  readonly retries: number;
  /** What its work gave: a call, branches or iterations. */
  readonly result?: JsonText;
  readonly output?: JsonText;
  readonly error?: string;
  readonly cause?: string;
}

/** Where a visit belongs. */
interface VisitPlace {
  readonly execution: ExecutionDetails;
  readonly stateMachineArn: string;
  readonly history: readonly HistoryEvent[];
  readonly path: ExecutionPath;
  /** The states of the definition. */
  readonly states: readonly TestableState[];
}

export function visitData(visit: StateVisit, place: VisitPlace): VisitData {
  const { input, output, attempts, error, cause } = visit;
  const result = resultOf(visit, place);
  return {
    input: readable(input),
    variables: variablesOf(visit, place),
    context: contextOf(visit, place),
    retries: Math.max(0, attempts.length - 1),
    ...(result !== undefined && { result: readable(result) }),
    ...(output !== undefined && { output: readable(output) }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}

/** What the states before it have assigned: in its own branch or item, and around that before it began. */
function variablesOf(visit: StateVisit, { history, path }: VisitPlace): JsonText {
  const scopes = new Set<string | undefined>();
  for (let inner: StateVisit | undefined = visit; inner; inner = inner.scope?.visit)
    scopes.add(groupKey(inner));
  const values: Record<string, JsonText> = {};
  for (const event of history) {
    if (event.id >= visit.enteredEventId) break;
    const owner = path.visitByEvent.get(event.id);
    if (!owner || !('stateExitedEventDetails' in event) || !scopes.has(groupKey(owner))) continue;
    Object.assign(values, event.stateExitedEventDetails.assignedVariables);
  }
  return objectText(values);
}

/** Step Functions Developer Guide, "Accessing execution data from the Context object". */
function contextOf(visit: StateVisit, place: VisitPlace): JsonText {
  const { execution, stateMachineArn, history, states } = place;
  const { executionArn, name, input, startDate } = execution;
  const [started] = history;
  const roleArn =
    started?.type === 'ExecutionStarted' ? started.executionStartedEventDetails.roleArn : undefined;
  const redrives = history.filter(
    ({ type, id }) => type === 'ExecutionRedriven' && id < visit.enteredEventId,
  ).length;
  const isStandard = executionArn.split(':')[5] !== 'express';
  const state = states.find((candidate) => candidate.name === visit.name);
  const item = itemOf(visit, place);
  return objectText({
    Execution: objectText({
      Id: JSON.stringify(executionArn),
      Input: input,
      StartTime: JSON.stringify(startDate.toISOString()),
      Name: JSON.stringify(name),
      ...(roleArn !== undefined && { RoleArn: JSON.stringify(roleArn) }),
      ...(isStandard && { RedriveCount: String(redrives) }),
    }),
    StateMachine: objectText({
      Id: JSON.stringify(stateMachineArn),
      Name: JSON.stringify(stateMachineOf(stateMachineArn)),
    }),
    State: objectText({
      Name: JSON.stringify(visit.name),
      EnteredTime: JSON.stringify(new Date(visit.enteredAt).toISOString()),
      ...(['Task', 'Parallel', 'Map'].includes(visit.type) && {
        RetryCount: String(Math.max(0, visit.attempts.length - 1)),
      }),
    }),
    ...(item !== undefined && { Map: objectText({ Item: item }) }),
    // The history does not tell the token.
    ...(state?.resource?.kind === 'integration' &&
      state.resource.pattern === 'waitForTaskToken' && { Task: objectText({ Token: '"token"' }) }),
  });
}

/** The item of the innermost Map around a visit. Its value is known where the Map passes it on unchanged. */
function itemOf(visit: StateVisit, { states, path }: VisitPlace): JsonText | undefined {
  const inner = innerOf(visit, 'Map');
  if (!inner?.scope) return undefined;
  const { visit: map, index } = inner.scope;
  const { content } = states.find(({ name }) => name === map.name) ?? {};
  const isChanged = ['ItemSelector', 'Parameters'].some((field) => ownField(content, field) !== undefined);
  const first = path.visits.find((each) => groupKey(each) === groupKey(inner));
  return objectText({ Index: String(index), ...(first && !isChanged && { Value: first.input }) });
}

/** The visit itself, or the one around it, that is directly in a state of this type. */
function innerOf(visit: StateVisit, type: string): StateVisit | undefined {
  if (!visit.scope || visit.scope.visit.type === type) return visit.scope && visit;
  return innerOf(visit.scope.visit, type);
}

/** The answer of a call, or the outputs of all branches or items. */
function resultOf(visit: StateVisit, { history, path }: VisitPlace): JsonText | undefined {
  if (visit.type === 'Task') {
    const succeeded = history.findLast(
      ({ id, type }) =>
        /^(?:Task|LambdaFunction|Activity)Succeeded$/.test(type) && path.visitByEvent.get(id) === visit,
    );
    return succeeded && eventDetails(succeeded).output;
  }
  const attempt = visit.attempts.length - 1;
  const outputs = [...visitGroups(path).values()]
    .filter((group) => group.visit === visit && group.attempt === attempt)
    .sort((a, b) => a.index - b.index)
    .map(({ visits }) => visits.at(-1)?.output);
  return outputs.length === 0 || outputs.includes(undefined) ? undefined : `[${outputs.join(',')}]`;
}

/** What is much longer stays as it is: laid out, it could be longer than a payload may be. */
const READABLE = 65_536;

const readable = (text: JsonText): JsonText => (text.length > READABLE ? text : layOutJson(text));

/** A JSON object over lines. */
const objectText = (members: Readonly<Record<string, JsonText>>): JsonText => readable(jsonObject(members));
