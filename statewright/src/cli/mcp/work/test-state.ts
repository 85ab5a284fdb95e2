import { ownField, statesOf } from '../../../asl/graph';
import { parseResource } from '../../../asl/resource';
import { stateInFile, stateInText } from '../../../definitions';
import { isTerraformFile } from '../../../terraform/stack-file';
import type { TestStateResponse } from '../../../tested-state';
import { runTest } from '../../../testing/state-test/run-test';
import { requestOf, type StateMock } from '../../../testing/state-test/test-state';
import { TestedState } from '../../../testing/state-test/tested-state';
import { UserError } from '../../../user-error';
import { statUserPath } from '../../../user-file';
import { withoutUndefined } from '../../../without-undefined';
import { renderTestedState } from '../../terminal/tested-state';
import { refusedAsUserError } from '../../test-state';
import type { ToolInput } from '../tools';
import { inputValue } from './input';
import { chosenMachine, projectPath, sourceOf } from './machine';
import { plain, shortText, shortValue } from './plain';
import type { Work } from './work';

type Arguments = ToolInput<'test_state'>;

/** One state alone, in simulated time. */
export const testOneState: Work<'test_state'> = async (args) => {
  const { state: stateName, mock, variables, context, stateConfiguration } = args;
  const { definition, notices } = stateAlone(args) ?? (await chosenMachine(args));
  if (mock === undefined) refuseHttp(definition, stateName);
  const request = requestOf(definition, {
    input: inputValue(args.input),
    ...(stateName !== undefined && { stateName }),
    ...(mock && { mock: mock as StateMock }),
    ...(variables && { variables }),
    ...(context && { context }),
    ...(stateConfiguration && { stateConfiguration: withoutUndefined(stateConfiguration) }),
  });
  const tested = await refusedAsUserError(() => runTest(request, { startTime: new Date() }));
  const { status, output, error, cause, nextState, inspectionData = {} } = new TestedState(tested);
  return {
    text: [...notices, renderTestedState(shortened(tested), stateName, plain).trimEnd()].join('\n'),
    data: {
      status,
      ...(output !== undefined && { output: shortValue(output) }),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause: shortText(cause) }),
      ...(nextState !== undefined && { nextState }),
      dataFlow: Object.fromEntries(
        Object.entries(inspectionData).map(([field, value]) => [field, shortValue(value)]),
      ),
    },
  };
};

/** The response with its long texts cut. */
const shortened = (tested: TestStateResponse): TestStateResponse =>
  JSON.parse(JSON.stringify(tested), (_, value) => (typeof value === 'string' ? shortText(value) : value));

/** The state of a text or a file that has one state and no state machine. */
function stateAlone(args: Arguments) {
  const source = sourceOf(args);
  if ('text' in source) return stateInText(source.text, source.name, args.substitutions);
  const path = projectPath(source.path);
  if (statUserPath(path).isDirectory() || isTerraformFile(path)) return undefined;
  return stateInFile(path, args.substitutions);
}

/** TestState calls the endpoint of an HTTP Task that has no mock. @throws UserError for such a state */
function refuseHttp(definition: object, stateName: string | undefined): void {
  const state =
    stateName === undefined
      ? definition
      : [...statesOf(definition)].find(({ name }) => name === stateName)?.content;
  const called = parseResource(String(ownField(state, 'Resource')));
  if (called.kind !== 'integration' || called.service !== 'http') return;
  throw new UserError(
    'The state calls an HTTP endpoint, and nothing is called here: its test needs a mock.',
    'Add a mock with a result or an errorOutput.',
  );
}
