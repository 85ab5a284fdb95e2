import type { ErrorHandler } from '../../tested-state';
import { Payload } from '../data';
import type { DataFlow } from '../data-flow/data-flow';
import type { Fields } from '../definition/fields';
import type { Failure } from '../execution/failure';
import type { Mock } from '../execution/inspection';
import type { CompiledState, Output, StateOutcome, Visit } from '../execution/state';
import { isPromise, type MaybePromise, then } from '../maybe-promise';
import { catcherOf, compileCatch } from './catch';
import { compileRetry, RetryDecider, type RetryDecision } from './retry';

/** The result of one attempt. */
export type Attempt = { readonly output: Output } | { readonly failure: Failure };

/**
 * Runs the attempts of a state that may have Retry and Catch (Task, Parallel, Map), and exits it.
 * @param attempt one attempt, from the evaluation of the state's fields to its output
 * @param gaveUp called when no retry is left, before Catch
 */
export function compileAttempts(
  fields: Fields,
  flow: DataFlow,
  attempt: (visit: Visit) => MaybePromise<Attempt>,
  gaveUp: (visit: Visit) => void = () => {},
): Pick<CompiledState, 'run' | 'handle'> {
  const next = fields.text('Next');
  const retriers = compileRetry(fields);
  const catchers = compileCatch(fields, flow);

  const tryOnce = (visit: Visit): MaybePromise<StateOutcome> => {
    try {
      const step = then(attempt(visit), (result) =>
        'failure' in result ? result : visit.exit(result.output, next),
      );
      return isPromise(step) ? step.catch((error) => ({ failure: visit.failure(error) })) : step;
    } catch (error) {
      return { failure: visit.failure(error) };
    }
  };

  /** The seconds before the next attempt; undefined when none is left. */
  const retryDelay = (visit: Visit, failure: Failure, decider: RetryDecider): number | undefined => {
    const retry = decider.after(failure);
    if (retry) visit.inspection?.handled(failure, retryDetails(retry));
    return retry?.delay;
  };

  const giveUp = (visit: Visit, failed: FailedOutcome): MaybePromise<StateOutcome> => {
    gaveUp(visit);
    const catcher = catcherOf(catchers, failed.failure);
    if (!catcher) return failed;
    visit.inspection?.handled(failed.failure, { catchIndex: catcher.index });
    return then(catcher.output(visit, failed.failure), (output) => visit.exit(output, catcher.next));
  };

  const recover = (visit: Visit, failed: FailedOutcome): MaybePromise<StateOutcome> => {
    if (failed.failure.fatal) return failed;
    const decider = new RetryDecider(retriers, visit.thread.execution.services.random, visit.retryCount);
    const delay = retryDelay(visit, failed.failure, decider);
    if (delay === undefined) return giveUp(visit, failed);
    return visit.inspection ? failed : retry(visit, decider, delay);
  };

  /** Tries again until an attempt succeeds, or none is left. */
  const retry = async (visit: Visit, decider: RetryDecider, firstDelay: number): Promise<StateOutcome> => {
    for (let delay = firstDelay; ; ) {
      await visit.thread.sleep(delay);
      visit.retryCount++;
      const attempted = tryOnce(visit);
      const step = isPromise(attempted) ? await attempted : attempted;
      if (!('failure' in step) || step.failure.fatal) return step;
      const next = retryDelay(visit, step.failure, decider);
      if (next === undefined) return giveUp(visit, step);
      delay = next;
    }
  };

  return {
    run: (visit) => then(tryOnce(visit), (step) => ('failure' in step ? recover(visit, step) : step)),
    handle: (visit, failure) => recover(visit, { failure }),
  };
}

/** Whole seconds, as AWS shows them. */
const retryDetails = ({ index, delay }: RetryDecision): ErrorHandler => ({
  retryIndex: index,
  ...(delay !== undefined && { retryBackoffIntervalSeconds: Math.floor(delay) }),
});

type FailedOutcome = Extract<StateOutcome, { readonly failure: Failure }>;

/** An attempt whose work was mocked. */
export function mocked(flow: DataFlow, visit: Visit, mock: Mock): MaybePromise<Attempt> {
  return 'failure' in mock ? mock : succeeded(flow, visit, Payload.ofText(mock.output));
}

/** An attempt that succeeded with this result. */
export function succeeded(flow: DataFlow, visit: Visit, result: Payload): MaybePromise<Attempt> {
  return then(flow.outputOfResult(visit, result), (output) => ({ output }));
}
