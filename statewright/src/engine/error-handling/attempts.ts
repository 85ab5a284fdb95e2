import { Payload } from '../data';
import type { DataFlow } from '../data-flow/data-flow';
import type { Fields } from '../definition/fields';
import type { Failure } from '../execution/failure';
import type { HandledError, Mock } from '../execution/inspection';
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

  const recover = async (visit: Visit, failed: FailedOutcome): Promise<StateOutcome> => {
    const { inspection } = visit;
    const decider = new RetryDecider(retriers, visit.thread.execution.services.random, visit.retryCount);
    let step: StateOutcome = failed;
    while ('failure' in step && !step.failure.fatal) {
      const { failure }: FailedOutcome = step;
      const retry = decider.after(failure);
      if (retry) inspection?.handled(failure, retryDetails(retry));
      if (retry?.delay === undefined) {
        gaveUp(visit);
        const catcher = catcherOf(catchers, failure);
        if (!catcher) return step;
        inspection?.handled(failure, { catchIndex: catcher.index });
        return visit.exit(await catcher.output(visit, failure), catcher.next);
      }
      if (inspection) return step;
      await visit.thread.sleep(retry.delay);
      visit.retryCount++;
      step = await tryOnce(visit);
    }
    return step;
  };

  return {
    run: (visit) => then(tryOnce(visit), (step) => ('failure' in step ? recover(visit, step) : step)),
    handle: (visit, failure) => recover(visit, { failure }),
  };
}

/** Whole seconds, as AWS shows them. */
const retryDetails = ({ index, delay }: RetryDecision): HandledError => ({
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
