import { ownField, statesOf } from '../../../asl/graph';
import { parseResource } from '../../../asl/resource';
import { findState } from '../../../engine';
import { isArray, isObject, type Json, parseJson } from '../../../engine/data';
import { checkResponse, ResponseFieldError } from '../../../integrations/response-model';
import { SdkPackageError } from '../../../integrations/sdk-package';
import { AwsError } from '../../aws-error';
import { checkDefinition, checkState } from '../check-definition';
import { checkExecutionInput } from '../execution-input';
import type { StatesRequest } from '../requests';
import { checkContext } from './check-context';

export type TestRequest = StatesRequest<'TestState'>;

/** Refuses a test that TestState does not accept, in AWS's words. @throws InvalidDefinition, ValidationException, … */
export function checkTest(request: TestRequest): void {
  const { definition, stateName, mock, roleArn, context, variables, input } = request;
  if (roleArn !== undefined && !/^arn:[^:]*:iam::\d*:role\/.+$/.test(roleArn)) {
    throw new AwsError('InvalidArn', `Invalid Role Arn: '${roleArn}'`);
  }
  if (stateName === undefined) checkState(definition);
  else checkDefinition(definition, 'STANDARD');
  const state = findState(JSON.parse(definition), stateName)?.state.content;
  if (state === undefined) throw invalid('State not found in definition');
  if (mock) checkMock(state, request, mock);
  else checkUnmocked(state, request);
  if (input !== undefined) checkExecutionInput(input);
  if (context !== undefined) checkContext(context);
  if (variables !== undefined && !isObject(jsonOf(variables))) {
    throw invalid('Variables must be a valid JSON object');
  }
}

/** What only a mock makes possible (Developer Guide, "Mocking service integrations"). */
function checkUnmocked(state: unknown, { roleArn, context }: TestRequest): void {
  const type = ownField(state, 'Type');
  if (type === 'Map' || type === 'Parallel') {
    throw new AwsError(
      'InvalidDefinition',
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  }
  if (context !== undefined) throw invalid('Context can only be specified when a mock is specified');
  if (type !== 'Task') return;
  const called = parseResource(String(ownField(state, 'Resource')));
  if (called.kind === 'activity') {
    throw new AwsError('InvalidDefinition', 'TestState API does not support Activity tasks.');
  }
  if (called.kind === 'integration' && called.pattern !== 'requestResponse') {
    throw new AwsError(
      'InvalidDefinition',
      "TestState API does not support '.sync' or '.waitForTaskToken' integration patterns.",
    );
  }
  if (roleArn === undefined) throw invalid('RoleArn must be specified when testing a Task state');
}

function checkMock(state: unknown, request: TestRequest, mock: NonNullable<TestRequest['mock']>): void {
  const type = ownField(state, 'Type');
  if (type !== 'Task' && type !== 'Map' && type !== 'Parallel') {
    throw invalid(`State type '${type}' is not supported when a mock is specified`);
  }
  if (request.revealSecrets) {
    throw invalid('TestState does not support RevealSecrets when a mock is specified.');
  }
  const { result, errorOutput, fieldValidationMode = 'STRICT' } = mock;
  if (result !== undefined && errorOutput !== undefined) {
    throw invalid('A test mock should have only one of the following fields: [result, errorOutput].');
  }
  if (result === undefined && errorOutput === undefined) {
    throw invalid('A test mock should have one of the following fields: [result, errorOutput].');
  }
  if (errorOutput && !errorOutput.error) {
    throw invalid('An error was not specified in the mocked error output.');
  }
  const cause = request.stateConfiguration?.errorCausedByState;
  if (cause !== undefined && ![...statesOf({ States: { state } })].some(({ name }) => name === cause)) {
    throw invalid('State not found in definition');
  }
  if (result === undefined) return;
  const value = jsonOf(result);
  if (value === undefined) throw invalid('Mocked result must be valid JSON');
  if (type === 'Task') checkTaskResult(state, value, fieldValidationMode);
  else checkResults(state, value);
}

/** The results of branches and of iterations are a list; what a ResultWriter writes is described by an object. */
function checkResults(state: unknown, value: Json): void {
  const branches = ownField(state, 'Branches');
  if (ownField(ownField(state, 'ResultWriter'), 'Resource') !== undefined) {
    if (!isObject(value)) throw invalid('Mocked result must be a JSON object.');
  } else if (!isArray(value)) {
    throw invalid('Mocked result must be an array.');
  } else if (Array.isArray(branches) && value.length !== branches.length) {
    throw invalid('Mocked result must contain the same number of items as number of Parallel branches.');
  }
}

function checkTaskResult(state: unknown, value: Json, mode: 'STRICT' | 'PRESENT' | 'NONE'): void {
  const called = parseResource(String(ownField(state, 'Resource')));
  if (mode === 'NONE' || called.kind !== 'integration') return;
  try {
    checkResponse(called, value, mode);
  } catch (error) {
    if (error instanceof ResponseFieldError) {
      throw invalid(`Mock result schema validation error: ${error.message}`);
    }
    if (error instanceof SdkPackageError) {
      throw invalid(
        `The mocked result is checked against the model in the AWS SDK. ${error.message}. Or set fieldValidationMode to NONE.`,
      );
    }
    throw error;
  }
}

function jsonOf(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

const invalid = (message: string) => new AwsError('ValidationException', message);
