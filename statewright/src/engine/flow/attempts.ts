import type { Payload } from '../data';
import type { Failure } from '../failure';
import type { Fields } from '../fields';
import { isPromise, type MaybePromise, then } from '../maybe-promise';
import type { Output, StateOutcome } from '../state';
import type { Visit } from '../visit';
import { catcherOf, compileCatch } from './catch';
import type { DataFlow } from './data-flow';
import { compileRetry, RetryDecider } from './retry';

/** What one attempt came to. */
export type Attempt = { readonly output: Output } | { readonly failure: Failure };

/**
 * Runs the attempts of a state that may have Retry and Catch (Task, Parallel, Map), and leaves it.
 * @param attempt one try, from the evaluation of the state's fields to its output
 * @param gaveUp called once no retry is left, before Catch is asked
 */
export function compileAttempts(
  fields: Fields,
  flow: DataFlow,
  attempt: (visit: Visit) => MaybePromise<Attempt>,
  gaveUp: (visit: Visit) => void = () => {},
): (visit: Visit) => MaybePromise<StateOutcome> {
  const next = fields.text('Next');
  const retriers = compileRetry(fields);
  const catchers = compileCatch(fields, flow);

  const tryOnce = (visit: Visit): MaybePromise<StateOutcome> => {
    try {
      const outcome = then(attempt(visit), (result) =>
        'failure' in result ? result : visit.exit(result.output, next),
      );
      return isPromise(outcome) ? outcome.catch((error) => ({ failure: visit.failure(error) })) : outcome;
    } catch (error) {
      return { failure: visit.failure(error) };
    }
  };

  const recover = async (visit: Visit, failed: FailedOutcome): Promise<StateOutcome> => {
    const decider = new RetryDecider(retriers, visit.thread.execution.services.random);
    let outcome: StateOutcome = failed;
    while ('failure' in outcome && !outcome.failure.fatal) {
      const { failure }: FailedOutcome = outcome;
      const delay = decider.delayAfter(failure);
      if (delay === undefined) {
        gaveUp(visit);
        const catcher = catcherOf(catchers, failure);
        return catcher ? visit.exit(await catcher.output(visit, failure), catcher.next) : outcome;
      }
      await visit.thread.sleep(delay);
      visit.retryCount++;
      outcome = await tryOnce(visit);
    }
    return outcome;
  };

  return (visit) =>
    then(tryOnce(visit), (outcome) => ('failure' in outcome ? recover(visit, outcome) : outcome));
}

type FailedOutcome = Extract<StateOutcome, { readonly failure: Failure }>;

/** The attempt that ended with this result. */
export function succeeded(flow: DataFlow, visit: Visit, result: Payload): MaybePromise<Attempt> {
  return then(flow.outputOfResult(visit, result), (output) => ({ output }));
}
