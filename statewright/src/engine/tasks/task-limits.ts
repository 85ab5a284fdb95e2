import {
  compilePath,
  isNumber,
  type Json,
  PathEvaluationError,
  QueryEvaluationError,
  stringifyJson,
} from '../data';
import type { DataFlow, Evaluate } from '../data-flow/data-flow';
import type { Fields } from '../definition/fields';

/** The timeouts of a Task, in seconds; `undefined` for no timeout. */
export interface TaskLimits {
  readonly timeoutSeconds: number | undefined;
  /** The longest time without a heartbeat of a task that waits for its token. */
  readonly heartbeatSeconds: number | undefined;
}

type Limit = (...visit: Parameters<Evaluate>) => number | undefined | Promise<number | undefined>;

/** TimeoutSeconds and HeartbeatSeconds, as values, expressions or paths. */
export function compileTaskLimits(
  fields: Fields,
  flow: DataFlow,
): (...visit: Parameters<Evaluate>) => Promise<TaskLimits> | TaskLimits {
  const timeout = compileLimit(fields, flow, 'TimeoutSeconds');
  const heartbeat = compileLimit(fields, flow, 'HeartbeatSeconds');
  if (!timeout && !heartbeat) return () => NONE;
  return async (visit, effective) => ({
    timeoutSeconds: await timeout?.(visit, effective),
    heartbeatSeconds: await heartbeat?.(visit, effective),
  });
}

const NONE: TaskLimits = { timeoutSeconds: undefined, heartbeatSeconds: undefined };

function compileLimit(fields: Fields, flow: DataFlow, name: string): Limit | undefined {
  const field = `${name}Path`;
  const path = fields.text(field);
  if (path !== undefined) {
    const read = fields.compile(field, () => compilePath(path, field));
    return (visit, effective) => {
      const value = read(visit.scope(effective));
      const seconds = wholeSeconds(value);
      if (seconds !== undefined) return seconds;
      throw new PathEvaluationError(
        `The ${field} parameter does not reference a valid positive integer: ${path} == ${stringifyJson(value)}`,
      );
    };
  }
  const value = flow.compileValue(fields, name, 'integer');
  if (!value) return undefined;
  return async (visit, effective) => {
    const seconds = wholeSeconds(await value(visit, effective));
    if (seconds !== undefined) return seconds;
    throw new QueryEvaluationError(`The ${name} field must be a positive integer`, name);
  };
}

function wholeSeconds(value: Json): number | undefined {
  const seconds = isNumber(value) ? Number(value) : Number.NaN;
  return Number.isInteger(seconds) && seconds > 0 ? seconds : undefined;
}
