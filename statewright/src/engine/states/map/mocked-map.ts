import { type Json, Payload } from '../../data';
import type { Failure } from '../../execution/failure';
import { type Inspection, StateTestError } from '../../execution/inspection';
import { isTolerated, THRESHOLD_EXCEEDED, type Tolerance } from './numbers';

/** What the iterations of a tested Map would receive. */
interface Iterations {
  readonly maxConcurrency: number;
  readonly tolerated: Tolerance;
  /** What ItemSelector made of the items, if the Map has one. */
  readonly selected?: readonly Json[] | undefined;
  /** What ItemBatcher made of them, if the Map has one. */
  readonly batches?: readonly Json[] | undefined;
  readonly length: number;
}

/** Puts the mock in the place of a Map's iterations, unless more of them have failed than the Map tolerates. */
export function mockIterations(
  inspection: Inspection,
  { maxConcurrency, tolerated, selected, batches, length }: Iterations,
): { readonly output: Payload } | { readonly failure: Failure } {
  const { mock, failedIterations } = inspection;
  if (selected) inspection.report('afterItemSelector', Payload.ofValue(selected).text);
  if (batches) inspection.report('afterItemBatcher', Payload.ofValue(batches).text);
  inspection.reportNumber('maxConcurrency', Number.isFinite(maxConcurrency) ? maxConcurrency : 0);
  if (failedIterations > length) {
    throw new StateTestError(
      'Map iteration failure count must be less than or equal to the number of Map iterations',
    );
  }
  if (mock === undefined) throw new StateTestError('A Map is tested with a mock.');
  if ('failure' in mock) return mock;
  // In recorded answers of TestState, only a Map with a threshold exceeds it.
  const hasThreshold = Object.values(tolerated).some((threshold) => threshold !== undefined);
  if (hasThreshold && !isTolerated(tolerated, failedIterations, length))
    return { failure: THRESHOLD_EXCEEDED };
  return { output: Payload.ofText(mock.output) };
}
