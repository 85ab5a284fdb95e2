import { objectOf } from '../../asl/graph';
import { invalidJson } from '../../json-fault';
import type { FieldValidationMode, Mock, StateTest } from './state-test';
import type { TestSubject } from './test-subject';
import { canBeMocked, runsWithoutMock, withState } from './testable-states';

/** What the user enters to test a state. JSON is text. */
export interface TestForm {
  readonly input: string;
  /** What does the state's work: the state itself, or a mock. */
  readonly work: 'call' | 'result' | 'error';
  readonly result: string;
  readonly check: FieldValidationMode;
  readonly error: string;
  readonly cause: string;
  /** The state whose error is mocked, in a Parallel or a Map. */
  readonly causedBy: string;
  readonly retries: string;
  /** How many iterations of a Map have failed before. */
  readonly failures: string;
  /** What the ItemReader of a Map reads. */
  readonly items: string;
  readonly variables: string;
  readonly context: string;
  /** The state's part of the definition. */
  readonly definition: string;
}

/** What is wrong with a field. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** Whether the state can do its work itself. A Task is called with the role of its state machine. */
export const canCall = ({ state, machine }: TestSubject): boolean =>
  runsWithoutMock(state) && (state.type !== 'Task' || (machine.roleArn !== '' && !machine.isRecorded));

/** The form for a state: with what its visit had and did, if there is one. */
export function newTestForm(subject: TestSubject): TestForm {
  const { state, visited } = subject;
  const { data } = visited ?? {};
  const failed = data?.error !== undefined;
  const mocked = failed ? 'error' : 'result';
  return {
    input: data?.input ?? '{}',
    work: !canBeMocked(state) || (!data && canCall(subject)) ? 'call' : mocked,
    result: data?.result ?? resultLike(state.content, state.type),
    check: 'STRICT',
    error: data?.error ?? '',
    cause: data?.cause ?? '',
    causedBy: '',
    retries: String(data?.retries ?? 0),
    failures: '0',
    items: '',
    variables: data?.variables ?? '{}',
    context: data?.context ?? '',
    definition: state.text,
  };
}

/** A result that fits: one for each branch. */
function resultLike(state: unknown, type: string): string {
  if (type === 'Task') return '{}';
  const branches = objectOf(state)?.Branches;
  return JSON.stringify(Array.isArray(branches) ? branches.map(() => ({})) : []);
}

/** The form with what was entered, if anything was; a browser sends line breaks as CR LF. */
export function entered<Form extends object>(
  form: Form,
  posted: Readonly<Record<string, unknown>> = {},
): Form {
  const values = Object.entries(form).map(([name, value]) => {
    const text = posted[name];
    return [name, typeof text === 'string' ? text.replaceAll('\r\n', '\n') : value];
  });
  return Object.fromEntries(values) as Form;
}

/** The first field that is wrong; what AWS checks is left to AWS. */
export function problemOfTest(form: TestForm): FieldProblem | undefined {
  const json = (field: keyof TestForm, subject: string) => {
    const message = invalidJson(subject, form[field]);
    return message === undefined ? [] : [{ field, message }];
  };
  const empty = (text: string) => text.trim() === '';
  const count = (field: 'retries' | 'failures', subject: string) =>
    /^\d{1,9}$/.test(form[field]) ? [] : [{ field, message: `${subject} must be a whole number, 0 or more` }];
  return [
    ...json('input', 'The input'),
    ...(form.work === 'result' ? json('result', 'The result') : []),
    ...(form.work === 'error' && empty(form.error)
      ? [{ field: 'error', message: 'The error needs a name, such as States.Timeout' }]
      : []),
    ...count('retries', 'The number of retries'),
    ...count('failures', 'The number of failed iterations'),
    ...(empty(form.variables) ? [] : json('variables', 'The text of the variables')),
    ...(empty(form.context) ? [] : json('context', 'The context object')),
    ...json('definition', 'The state'),
  ][0];
}

/** The request of TestState for a form without problems. */
export function stateTestOf(
  { machine: { roleArn }, definition, state }: TestSubject,
  form: TestForm,
): StateTest {
  const mock = mockOf(form);
  const given = (text: string) => text.trim() !== '';
  const configuration = {
    ...(Number(form.retries) > 0 && { retrierRetryCount: Number(form.retries) }),
    ...(Number(form.failures) > 0 && { mapIterationFailureCount: Number(form.failures) }),
    ...(form.work === 'error' && given(form.causedBy) && { errorCausedByState: form.causedBy }),
    ...(given(form.items) && { mapItemReaderData: form.items }),
  };
  return {
    definition: withState(definition, state, form.definition),
    stateName: state.name,
    input: form.input,
    inspectionLevel: 'TRACE',
    ...(given(roleArn) && { roleArn }),
    ...(given(form.variables) && { variables: form.variables }),
    ...(mock && { mock }),
    ...(mock && given(form.context) && { context: form.context }),
    ...(Object.keys(configuration).length > 0 && { stateConfiguration: configuration }),
  };
}

function mockOf({ work, result, check, error, cause }: TestForm): Mock | undefined {
  if (work === 'call') return undefined;
  if (work === 'result') return { result, fieldValidationMode: check };
  return { errorOutput: { error, ...(cause !== '' && { cause }) } };
}
