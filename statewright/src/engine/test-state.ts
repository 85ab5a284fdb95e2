import type { QueryLanguage } from '../asl';
import { ownField, type StatePart } from '../asl/graph';
import type { TestStateResponse } from '../tested-state';
import { compileState } from './compile';
import { isArray, isObject, parseJson } from './data';
import { ExecutionContext } from './execution/context';
import { ThreadStopped } from './execution/errors';
import { StateTestError } from './execution/inspection';
import type { ListedObject } from './execution/object-store';
import { runState } from './execution/run-states';
import type { EngineServices } from './execution/services';
import type { StateOutcome } from './execution/state';
import { StateInspection } from './execution/state-inspection';
import type { StateTest } from './execution/state-test';
import { TaskTokens } from './execution/task-tokens';
import { TestedVisit } from './execution/tested-visit';
import { Thread } from './execution/thread';
import { type FoundState, findState, itemOf } from './find-state';

/** The longest test (API Reference, TestState). */
const LONGEST_SECONDS = 300;

/**
 * Runs one state without an execution, with the code that runs it in an execution. An error that the state does not
 * handle goes to the Parallel or the Map that it is in.
 * @throws StateTestError for a test that does not fit the state, InvalidDefinitionError
 */
export async function testState(test: StateTest, services: EngineServices): Promise<TestStateResponse> {
  const found = findState(test.definition, test.stateName);
  if (!found) throw new StateTestError('State not found in definition');
  const { executionArn, stateMachineArn, roleArn } = test.names;
  const execution = new ExecutionContext(
    { input: test.input, executionArn, stateMachineArn, roleArn: roleArn ?? '', type: 'EXPRESS' },
    { ...services, ...readerOf(test), keepEvents: false },
    new TaskTokens(),
  );
  const thread = new Thread(execution, 0, undefined, itemOf(found, execution.input));
  if (test.variables) thread.variables.assign(test.variables);
  const inspection = new StateInspection(test);
  const outcome = await withinTime(thread, () => runTest(thread, found, test, inspection));
  return inspection.result(outcome, thread.variables.own);
}

/** Also asks the states around the state to handle its failure. */
async function runTest(
  thread: Thread,
  { state, parents }: FoundState,
  { definition, stateName }: StateTest,
  inspection: StateInspection,
): Promise<StateOutcome> {
  const machineLanguage = stateName === undefined ? 'JSONPath' : languageOf(definition);
  const visitTo = (part: StatePart) =>
    new TestedVisit(thread, compileState(part, machineLanguage), thread.execution.input, inspection);
  let outcome = await runState(visitTo(state));
  for (const parent of parents) {
    if (!('failure' in outcome) || inspection.isRetried) break;
    const visit = visitTo(parent);
    outcome = (await visit.state.handle?.(visit, outcome.failure)) ?? outcome;
  }
  return outcome;
}

const languageOf = (definition: object): QueryLanguage =>
  ownField(definition, 'QueryLanguage') === 'JSONata' ? 'JSONata' : 'JSONPath';

/** An object store that has the data of the test's ItemReader. */
function readerOf({ mapItemReaderData: data }: StateTest): Pick<EngineServices, 'objects'> {
  if (data === undefined) return {};
  const body = async function* () {
    yield Buffer.from(data);
  };
  return {
    objects: {
      read: async () => body(),
      list: async function* () {
        const page = parseJson(data);
        yield (isObject(page) ? page.Contents : isArray(page) ? page : []) as unknown as ListedObject[];
      },
      write: async () => {},
    },
  };
}

/** Runs a test, but not longer than TestState does. */
function withinTime(thread: Thread, run: () => Promise<StateOutcome>): Promise<StateOutcome> {
  const { clock } = thread.execution.services;
  return new Promise((resolve, reject) => {
    const cancel = clock.setTimer(LONGEST_SECONDS * 1000, () => {
      thread.stop();
      resolve({ failure: { error: 'States.Timeout' } });
    });
    thread.begin();
    run()
      .finally(() => thread.rest())
      .then(resolve, (error) => {
        if (!(error instanceof ThreadStopped)) reject(error);
      })
      .finally(cancel);
  });
}
