import {
  compilePath,
  type Json,
  PathEvaluationError,
  QueryEvaluationError,
  type StatesError,
  stringifyJson,
} from '../../data';
import type { DataFlow, Evaluate } from '../../data-flow/data-flow';
import type { Fields } from '../../definition/fields';
import type { Failure } from '../../execution/failure';
import type { MapRunLimits } from '../../execution/map-runs';
import { then } from '../../maybe-promise';

/** The maximum concurrency of an inline and of a distributed Map (Step Functions Developer Guide, "Service quotas"). */
const MOST_ITERATIONS = 40;
const MOST_CHILD_EXECUTIONS = 10_000;

/** A number of a Map: a value, an expression, or the value at the path of its `…Path` form. */
function compileNumber(
  fields: Fields,
  flow: DataFlow,
  name: string,
  kind: 'integer' | 'float',
  within?: string,
): Evaluate<number> | undefined {
  const field = `${name}Path`;
  const path = fields.text(field);
  if (path !== undefined) {
    const read = fields.compile(field, () => compilePath(path, field));
    return (visit, effective) => numberAt(field, path, read(visit.scope(effective)), kind);
  }
  const value = flow.compileValue(fields, name, kind === 'integer' ? 'integer' : 'number', within);
  return value && ((visit, effective) => then(value(visit, effective), Number));
}

/** AWS parses the number from its text, so `"3"` works like `3`. */
function numberAt(field: string, path: string, value: Json, kind: 'integer' | 'float'): number {
  const text = typeof value === 'string' ? value : stringifyJson(value);
  const pattern = kind === 'integer' ? /^[+-]?\d+$/ : /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
  if (pattern.test(text)) return Number(text);
  throw new PathEvaluationError(
    `The ${field} field refers to value "${text}" which is not a valid ${kind}: ${path}`,
  );
}

/** The same text is a runtime error in a JSONPath state and an evaluation error in a JSONata state. */
function outOfRange(flow: DataFlow, field: string, message: string): StatesError {
  return flow.language === 'JSONata'
    ? new QueryEvaluationError(message, field)
    : new PathEvaluationError(message);
}

/** MaxConcurrency; 0 or missing means the maximum of Step Functions. */
export function compileConcurrency(fields: Fields, flow: DataFlow): Evaluate<number> {
  const number = compileNumber(fields, flow, 'MaxConcurrency', 'integer') ?? (() => 0);
  return (visit, effective) =>
    then(number(visit, effective), (value) => {
      if (value < 0) {
        throw outOfRange(
          flow,
          'MaxConcurrency',
          `Expected non-negative integer for MaxConcurrency, got '${value}' instead.`,
        );
      }
      return value === 0 ? Number.POSITIVE_INFINITY : value;
    });
}

/** ReaderConfig's MaxItems (default: no limit). */
export function compileMaxItems(config: Fields | undefined, flow: DataFlow): Evaluate<number> {
  const number = config && compileNumber(config, flow, 'MaxItems', 'integer', 'ItemReader/ReaderConfig');
  if (number === undefined) return () => Number.POSITIVE_INFINITY;
  return (visit, effective) =>
    then(number(visit, effective), (value) => {
      if (value >= 0) return value;
      throw outOfRange(flow, 'ItemReader/ReaderConfig/MaxItems', 'MaxItems cannot be negative.');
    });
}

export const inlineConcurrency = (maximum: number): number => Math.min(maximum, MOST_ITERATIONS);

/** The failure of a Map that tolerates no more failed iterations. */
export const THRESHOLD_EXCEEDED: Failure = {
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};

/** How many child executions run at the same time. */
export const distributedConcurrency = ({ maxConcurrency }: MapRunLimits): number =>
  Math.min(maxConcurrency === 0 ? Number.POSITIVE_INFINITY : maxConcurrency, MOST_CHILD_EXECUTIONS);

/** How many failures a Map tolerates. */
export type Tolerance = Pick<MapRunLimits, 'toleratedFailureCount' | 'toleratedFailurePercentage'>;

/** Whether a Map tolerates so many failures; none by default. */
export function isTolerated(
  { toleratedFailureCount: count, toleratedFailurePercentage: percentage }: Tolerance,
  failed: number,
  total: number,
): boolean {
  const mostFailures = count ?? (percentage === undefined ? 0 : Number.POSITIVE_INFINITY);
  return failed <= mostFailures && (failed / total) * 100 <= (percentage ?? 100);
}

/** ToleratedFailureCount and ToleratedFailurePercentage. */
export function compileTolerance(fields: Fields, flow: DataFlow): Evaluate<Tolerance> {
  const count = compileNumber(fields, flow, 'ToleratedFailureCount', 'integer');
  const percentage = compileNumber(fields, flow, 'ToleratedFailurePercentage', 'float');
  return (visit, effective) =>
    then(count?.(visit, effective), (most) =>
      then(percentage?.(visit, effective), (share) => {
        if (most !== undefined && most < 0) {
          throw outOfRange(flow, 'ToleratedFailureCount', 'ToleratedFailureCount cannot be negative.');
        }
        if (share !== undefined && !(share >= 0 && share <= 100)) {
          throw outOfRange(
            flow,
            'ToleratedFailurePercentage',
            'ToleratedFailurePercentage must be between 0 and 100.',
          );
        }
        const { inspection } = visit;
        if (most !== undefined) inspection?.reportNumber('toleratedFailureCount', most);
        if (share !== undefined) inspection?.reportNumber('toleratedFailurePercentage', share);
        return { toleratedFailureCount: most, toleratedFailurePercentage: share };
      }),
    );
}
