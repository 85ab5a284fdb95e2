import { MAX_PAYLOAD_BYTES } from '../../asl/quotas';
import type { JsonText } from '../../history/events';
import { invalidJson } from '../../json-fault';
import type { TestStateResponse } from '../../tested-state';
import { isJson } from '../json-text';
import { isRefusal } from '../start-input';
import type { StateTest } from './state-test';
import type { FieldProblem } from './test-form';
import type { TestSubject } from './test-subject';

/** What the user enters to evaluate an expression. JSON is text. */
export interface ExpressionForm {
  readonly language: 'JSONPath' | 'JSONata';
  /** A path, an intrinsic function, a JSONata expression, or a payload template with some of these. */
  readonly expression: string;
  readonly input: string;
  /** `$states.result` (default: there is none). */
  readonly result: string;
  readonly variables: string;
  readonly context: string;
}

/** The payloads of a visit that paths read: `ResultSelector` reads the result, and the next state the output. */
export const VISIT_PAYLOADS = ['input', 'result', 'output'] as const;
type VisitPayload = (typeof VISIT_PAYLOADS)[number];

/** What an expression gives, or AWS's error. */
export type Evaluated =
  | { readonly value: JsonText }
  | { readonly error: string; readonly cause: string | undefined };

/** The form for a state: with the data of its visit, if there is one. @param payload what takes the place of the input */
export function newExpressionForm(
  { state: { language }, visited }: TestSubject,
  payload: VisitPayload = 'input',
): ExpressionForm {
  const { input = '{}', result = '', variables = '{}', context = '' } = visited?.data ?? {};
  return {
    language,
    expression: language === 'JSONata' ? '$states.input' : '$',
    input: visited?.data[payload] ?? input,
    result,
    variables,
    context,
  };
}

/** The fields with JSON, and what messages call them. */
const SUBJECTS = {
  input: 'The input',
  variables: 'The text of the variables',
  context: 'The context object',
  result: 'The result',
};

/** The first field that is wrong; what an execution checks is left to the evaluation. */
export function problemOfExpression(form: ExpressionForm): FieldProblem | undefined {
  if (form.expression.trim() === '') return { field: 'expression', message: 'The expression is empty' };
  const fields = Object.keys(SUBJECTS) as (keyof typeof SUBJECTS)[];
  const wrong = fields.flatMap((field) => {
    if (field !== 'input' && form[field].trim() === '') return [];
    const message = invalidJson(SUBJECTS[field], form[field]);
    return message === undefined ? [] : [{ field, message }];
  });
  return wrong[0];
}

/**
 * Evaluates an expression as an execution does: as the only field of a state that is tested.
 * @throws an error with AWS's `code` when TestState refuses the data
 */
export async function evaluate(
  testState: (test: StateTest) => TestStateResponse | Promise<TestStateResponse>,
  form: ExpressionForm,
): Promise<Evaluated> {
  const language = form.language === 'JSONata' ? 'JSONata' : 'JSONPath';
  const { fields, valueIn } = fieldFor({ ...form, language });
  const given = (name: 'variables' | 'context') => (form[name].trim() === '' ? {} : { [name]: form[name] });
  const request: StateTest = {
    // The mock takes the place of the call.
    definition: `{"Type":"Task","Resource":"${ANY_FUNCTION}","End":true,"QueryLanguage":"${language}",${fields}}`,
    input: form.input,
    mock: { result: form.result.trim() || 'null' },
    inspectionLevel: 'TRACE',
    ...given('variables'),
    ...given('context'),
  };
  try {
    const tested = await testState(request);
    const value = tested.error === undefined ? valueIn(tested) : undefined;
    if (value === undefined) return { error: tested.error ?? '', cause: tested.cause };
    const size = Buffer.byteLength(value);
    return size > MAX_PAYLOAD_BYTES ? tooLarge(size) : { value };
  } catch (error) {
    if (!isRefusal(error) || error.code !== 'InvalidDefinition') throw error;
    return { error: error.code, cause: withoutPlace(error.message) };
  }
}

/** A state cannot pass such a value on. */
const tooLarge = (size: number): Evaluated => ({
  error: 'States.DataLimitExceeded',
  cause: `The value has ${size} bytes; at most ${MAX_PAYLOAD_BYTES} are allowed`,
});

const ANY_FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:any';

/** The field of the state that has the expression, and where its value is found. */
function fieldFor({ language, expression, result }: ExpressionForm): {
  readonly fields: string;
  readonly valueIn: (tested: TestStateResponse) => JsonText | undefined;
} {
  const text = expression.trim();
  const isTemplate = /^[[{]/.test(text) && isJson(text);
  const isQuoted = text.startsWith('"') && isJson(text);
  const inspected = (field: 'afterParameters' | 'afterArguments') => (tested: TestStateResponse) =>
    textOf(tested.inspectionData?.[field]);
  if (language === 'JSONPath') {
    // A path may be copied from a definition with its quotes.
    const member = isTemplate ? `"value":${text}` : `"value.$":${isQuoted ? text : JSON.stringify(text)}`;
    return {
      fields: `"Parameters":{${member}}`,
      valueIn: (tested) => inspected('afterParameters')(tested)?.slice('{"value":'.length, -1),
    };
  }
  const value =
    isTemplate || isQuoted ? text : JSON.stringify(text.startsWith('{%') ? text : `{% ${text} %}`);
  // Only what runs after the state's work sees `$states.result`.
  return result.trim() === ''
    ? { fields: `"Arguments":${value}`, valueIn: inspected('afterArguments') }
    : { fields: `"Output":${value}`, valueIn: ({ output }) => output };
}

const textOf = (value: string | number | undefined) => (value === undefined ? undefined : String(value));

/** A diagnostic without the name of the state, which the user has not written. */
const withoutPlace = (message: string): string =>
  message
    .replace(/^Invalid State Machine Definition: '([\s\S]*)'$/, '$1')
    .replace(/ at \/States\/StateName\/\S*$/, '');
