import { itemAt } from '../../asl/location';
import type { DataFlow } from '../data-flow/data-flow';
import type { Fields } from '../definition/fields';
import type { Failure } from '../execution/failure';
import type { Output, Visit } from '../execution/state';
import type { MaybePromise } from '../maybe-promise';
import { matches } from './error-names';

/** One catcher of a state's `Catch` (Amazon States Language, "Fallback states"). */
export interface Catcher {
  readonly index: number;
  readonly errorEquals: readonly string[];
  readonly next: string;
  readonly output: (visit: Visit, failure: Failure) => MaybePromise<Output>;
}

export function compileCatch(state: Fields, flow: DataFlow): readonly Catcher[] {
  return state.list('Catch').map((clause, index) => ({
    index,
    errorEquals: clause.texts('ErrorEquals'),
    next: clause.needText('Next'),
    output: flow.compileCatch(clause, itemAt('Catch', index)),
  }));
}

/** The first catcher that matches the error. */
export function catcherOf(catchers: readonly Catcher[], failure: Failure): Catcher | undefined {
  return catchers.find(({ errorEquals }) => matches(errorEquals, failure));
}
