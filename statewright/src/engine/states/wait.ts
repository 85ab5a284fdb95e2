import type { QueryLanguage } from '../../asl';
import {
  compileLookup,
  isNumber,
  type Json,
  PathEvaluationError,
  type Payload,
  QueryEvaluationError,
  stringifyJson,
} from '../data';
import { parseTimestamp } from '../data/timestamp';
import { compileDataFlow } from '../data-flow/compile';
import type { DataFlow } from '../data-flow/data-flow';
import type { Fields } from '../definition/fields';
import type { CompiledState, StateOutcome, Visit } from '../execution/state';
import { type MaybePromise, then } from '../maybe-promise';

/** The longest wait of AWS, in seconds: 24,855 days. */
const LONGEST = 2 ** 31 - 1;

/** When the wait ends, in epoch milliseconds. */
type Due = (visit: Visit, effective: Payload) => MaybePromise<number>;

/** Waits for a time, or until a time, in four forms (Amazon States Language, "Wait State"). */
export function compileWait(name: string, fields: Fields, language: QueryLanguage): CompiledState {
  const flow = compileDataFlow(fields, language);
  const next = fields.text('Next');
  const due = compileDue(fields, flow);
  const leave = (visit: Visit, effective: Payload): MaybePromise<StateOutcome> =>
    then(flow.outputOfInput(visit, effective), (output) => visit.exit(output, next));
  return {
    name,
    type: 'Wait',
    retries: false,
    run: (visit) => {
      const effective = flow.effectiveInput(visit);
      return then(due(visit, effective), (at) => {
        const seconds = (at - now(visit)) / 1000;
        if (seconds > LONGEST) throw new PathEvaluationError('Wait state delay is too long.');
        return seconds > 0
          ? visit.thread.sleep(seconds).then(() => leave(visit, effective))
          : leave(visit, effective);
      });
    },
  };
}

const now = (visit: Visit): number => visit.thread.execution.services.clock.now();

function compileDue(fields: Fields, flow: DataFlow): Due {
  const secondsPath = fields.text('SecondsPath');
  if (secondsPath !== undefined) {
    const read = fields.compile('SecondsPath', () => compileLookup(secondsPath));
    return (visit, effective) => now(visit) + 1000 * secondsAt(secondsPath, read(visit.scope(effective)));
  }
  const timestampPath = fields.text('TimestampPath');
  if (timestampPath !== undefined) {
    const read = fields.compile('TimestampPath', () => compileLookup(timestampPath));
    return (visit, effective) => timestampAt(timestampPath, read(visit.scope(effective)));
  }
  const timestamp = flow.compileValue(fields, 'Timestamp', 'string');
  if (timestamp) return (visit, effective) => then(timestamp(visit, effective), timestampOf);
  const seconds = flow.compileValue(fields, 'Seconds', 'integer') ?? (() => 0);
  return (visit, effective) =>
    then(seconds(visit, effective), (value) => now(visit) + 1000 * secondsOf(value));
}

function secondsAt(path: string, value: Json | undefined): number {
  if (value === undefined)
    throw new PathEvaluationError(`The SecondsPath parameter does not reference an input value: ${path}`);
  const text = typeof value === 'string' ? value : stringifyJson(value);
  if (!/^[+-]?\d+$/.test(text)) {
    throw new PathEvaluationError(
      `The SecondsPath parameter cannot be parsed as a long value: ${path} == ${text}`,
    );
  }
  if (Number(text) < 0)
    throw new PathEvaluationError(
      `The SecondsPath parameter references a negative value: ${path} == ${text}`,
    );
  return Number(text);
}

function timestampAt(path: string, value: Json | undefined): number {
  if (value === undefined)
    throw new PathEvaluationError(`The TimestampPath parameter does not reference an input value: ${path}`);
  const text = typeof value === 'string' ? value : stringifyJson(value);
  const time = parseTimestamp(text);
  if (time !== undefined) return time;
  throw new PathEvaluationError(
    `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path} == ${text}`,
  );
}

function timestampOf(value: Json): number {
  const time = parseTimestamp(String(value));
  if (time !== undefined) return time;
  throw new QueryEvaluationError(
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${String(value)}`,
    'Timestamp',
  );
}

function secondsOf(value: Json): number {
  const seconds = isNumber(value) ? Number(value) : Number.NaN;
  if (seconds >= 0) return seconds;
  throw new QueryEvaluationError(
    `The Seconds field references a negative value: ${stringifyJson(value)}`,
    'Seconds',
  );
}
