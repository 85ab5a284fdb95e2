import { executionPath, type StateVisit } from '../../history/execution-path';
import type { ConsoleSource, ExecutionDetails, ExecutionSummary, StateMachineDetails } from '../source';
import { type TestableState, testableStates } from './testable-states';
import { type VisitData, visitData } from './visit-data';

/** What is tested: a state, with the data of one of its visits where one is chosen. */
export interface TestSubject {
  readonly machine: StateMachineDetails;
  /** The name of the state machine in addresses; that of a child execution has the label of its Map. */
  readonly machineName: string;
  /** The definition that has the state. */
  readonly definition: string;
  readonly states: readonly TestableState[];
  readonly state: TestableState;
  readonly visited?: {
    readonly execution: ExecutionDetails;
    readonly visit: StateVisit;
    readonly data: VisitData;
  };
}

/** What an address names. */
interface SubjectQuery {
  readonly state?: string | undefined;
  readonly execution?: ExecutionDetails | undefined;
  /** The id of the event that entered the visit. */
  readonly visit?: string | undefined;
}

/** Undefined when the definition has no such state, or the execution no such visit. */
export async function testSubject(
  source: ConsoleSource,
  machine: StateMachineDetails,
  machineName: string,
  { state: named, execution, visit: id }: SubjectQuery,
): Promise<TestSubject | undefined> {
  const history = execution ? await source.history(execution.executionArn) : [];
  const path = executionPath(history);
  const visit = path.visits.find(({ enteredEventId }) => String(enteredEventId) === id);
  if (id !== undefined && !visit) return undefined;
  const name = visit?.name ?? named;
  // As the state machine is now, so that a correction can be tried; a state that it no longer has, as it was.
  for (const definition of [machine.definition, ...(execution ? [execution.definition] : [])]) {
    const states = testableStates(definition);
    const state = name === undefined ? states[0] : states.find((candidate) => candidate.name === name);
    if (!state) continue;
    const subject = { machine, machineName, definition, states, state };
    if (!execution || !visit) return subject;
    const { stateMachineArn } = machine;
    const data = visitData(visit, { execution, stateMachineArn, history, path, states });
    return { ...subject, visited: { execution, visit, data } };
  }
  return undefined;
}

/** A visit in a list of those whose data can be taken. */
export interface RecentVisit {
  readonly execution: ExecutionSummary;
  readonly visit: StateVisit;
}

/** How many executions are read at most, how many visits of each are listed, and how many in all. */
const RECENT = { executions: 10, ofEach: 3, all: 9 };

/** The last visits to a state in the last executions, newest first. */
export async function recentVisits(
  source: ConsoleSource,
  { stateMachineArn }: StateMachineDetails,
  state: string,
): Promise<readonly RecentVisit[]> {
  const found: RecentVisit[] = [];
  const last = await source.listExecutions(stateMachineArn, { skip: 0, limit: RECENT.executions });
  for (const execution of last) {
    const { visits } = executionPath(await source.history(execution.executionArn));
    const own = visits.filter(({ name }) => name === state).slice(-RECENT.ofEach);
    found.push(...own.reverse().map((visit) => ({ execution, visit })));
    // A history may be long.
    if (found.length >= RECENT.all) break;
  }
  return found;
}
