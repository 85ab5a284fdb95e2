import type { QueryLanguage } from '../../asl';
import type { Json, JsonType, Payload } from '../data';
import type { Fields } from '../definition/fields';
import type { Failure } from '../execution/failure';
import type { Output, Visit } from '../execution/state';
import type { MapItem } from '../execution/thread';
import type { MaybePromise } from '../maybe-promise';

/** Evaluates an expression during a visit. `effective` is the state's effective input. */
export type Evaluate<T = Json> = (visit: Visit, effective: Payload, item?: MapItem) => MaybePromise<T>;

/**
 * How a state processes its input and output, in one query language. The states know no other difference between the two
 * (Step Functions Developer Guide, "Processing input and output" and "Transforming data with JSONata").
 */
export interface DataFlow {
  readonly language: QueryLanguage;
  /** What the state's paths read: its input after InputPath. */
  effectiveInput(visit: Visit): Payload;
  /** What the state works on: the effective input after Parameters or Arguments. */
  readonly workInput: Evaluate<Payload>;
  /** The output of a state with a result: ResultSelector, Assign, ResultPath and OutputPath, or Assign and Output. */
  outputOfResult(visit: Visit, result: Payload): MaybePromise<Output>;
  /** The output of a state without a result. */
  outputOfInput(visit: Visit, effective: Payload): MaybePromise<Output>;
  /** The output of a Choice rule: its own Assign and Output instead of the state's. */
  compileRule(rule: Fields, location: string): (visit: Visit, effective: Payload) => MaybePromise<Output>;
  /** The output of a catcher. */
  compileCatch(clause: Fields, location: string): (visit: Visit, failure: Failure) => MaybePromise<Output>;
  /** A template of values (`ItemSelector`, `Credentials`, `BatchInput`); `within` is its location in the state. */
  compileTemplate(fields: Fields, name: string, within?: string): Evaluate | undefined;
  /** A field that holds a value, or in JSONata an expression for one. */
  compileValue(fields: Fields, name: string, type: JsonType, within?: string): Evaluate | undefined;
}
