import { ownField } from '../../asl/graph';
import type { Row } from './exploration';
import type { Outcome } from './outcomes';
import type { Run } from './run';
import type { TaskStates } from './task-states';

const DEPLOY = 'const workflow = await deployDefinition(definition);';
const OWN_ID = /00000000-0000-4000-8000-\d{12}/;

/** An execution as a test with the testing kit (docs/testing.md). */
export function testOf(
  row: Omit<Row, 'test'>,
  run: Run,
  input: string,
  states: TaskStates,
  deploy = DEPLOY,
): string {
  const answers = new Map<string, string[]>();
  for (const { state, outcome } of run.calls) {
    const answer = answerText(outcome, state, states);
    const known = answers.get(state);
    if (known) known.push(answer);
    else answers.set(state, [answer]);
  }
  const lines = [
    deploy,
    ...[...answers].map(
      ([state, texts]) => `workflow.replace({ state: ${quote(state)} }, ${sequenceText(texts)});`,
    ),
    '',
    ...expectation(row, run, input),
  ];
  return [
    `test(${quote(titleOf(row))}, async () => {`,
    ...lines.map((line) => line && `  ${line}`),
    '});',
    '',
  ].join('\n');
}

/** What a row says, in a sentence. */
export function titleOf({ state, error, end }: Omit<Row, 'test'>): string {
  const failure = state === '' ? 'without an error' : `${state} fails with ${error}`;
  return `${failure}: ${endText(end)}`;
}

/** `SUCCEEDED in FailState`, `FAILED in Charge with States.Runtime`, `never ends: Approve waits`. */
export function endText({ status, state, error, because }: Row['end']): string {
  if (status === 'NEVER_ENDS') return `never ends: ${state} ${because === 'waits' ? 'waits' : 'is repeated'}`;
  return `${status} in ${state}${error === undefined ? '' : error === '' ? ' without an error' : ` with ${error}`}`;
}

/** `TestError`, `HotelFull and any other error`, or `Lambda.ServiceException, Lambda.AWSLambdaException and 4 more`. */
export function errorList(errors: readonly string[]): string {
  const shown = errors.length > 3 ? errors.slice(0, 2) : errors.slice(0, -1);
  const last = errors.length > 3 ? `${errors.length - 2} more` : errors.at(-1);
  return shown.length === 0 ? `${last}` : `${shown.join(', ')} and ${last}`;
}

function expectation({ end }: Omit<Row, 'test'>, { outcome, stopped }: Run, input: string): string[] {
  if (stopped === 'waits') {
    return [`await expect(workflow.run(${input})).rejects.toThrow('The execution waits forever');`];
  }
  const begin = `const execution = await workflow.run(${input});`;
  // Step Functions ends an execution of 25,000 events.
  if (stopped === 'repeats') return [begin, `expect(execution.error).toBe('States.Runtime');`];
  if (outcome.status === 'SUCCEEDED') {
    return [
      begin,
      OWN_ID.test(outcome.output)
        ? `expect(execution.status).toBe('SUCCEEDED');`
        : `expect(execution).toHaveSucceededWith(${outcome.output});`,
    ];
  }
  if (end.status === 'TIMED_OUT') return [begin, `expect(execution.status).toBe('TIMED_OUT');`];
  if (outcome.error === undefined) return [begin, `expect(execution.status).toBe('FAILED');`];
  return [begin, `expect(execution).toHaveFailedWith(${quote(outcome.error)});`];
}

function sequenceText(texts: readonly string[]): string {
  let { length } = texts;
  // The last one repeats.
  while (length > 1 && texts[length - 1] === texts[length - 2]) length--;
  return length === 1 ? (texts[0] as string) : `sequence(${texts.slice(0, length).join(', ')})`;
}

function answerText(outcome: Outcome, name: string, states: TaskStates): string {
  switch (outcome.kind) {
    case 'result':
      return `returns(${outcome.json})`;
    case 'error':
      return `throws(${[outcome.error, ...causeOf(outcome)].map(quote).join(', ')})`;
    case 'timeout': {
      const heartbeat = states.heartbeatOf(name);
      const seconds = ownField(states.all.get(name)?.content, 'TimeoutSeconds');
      if (heartbeat === undefined || typeof seconds !== 'number') return 'never()';
      return `takes(${(seconds + 1) * 1000}, returns(null), { heartbeat: ${heartbeat * 900} })`;
    }
    default:
      return 'never()';
  }
}

/** The message of a sample; the kit writes the cause of a function's error around it. */
function causeOf({ cause }: { readonly cause: string }): string[] {
  const message = cause.startsWith('{"errorType"') ? String(JSON.parse(cause).errorMessage ?? '') : cause;
  return message === '' ? [] : [message];
}

const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
