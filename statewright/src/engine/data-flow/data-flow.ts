import type { QueryLanguage } from '../../asl';
import type { Json, JsonType, Payload } from '../data';
import type { Fields } from '../definition/fields';
import type { Failure } from '../execution/failure';
import type { Output, Visit } from '../execution/state';
import type { MapItem } from '../execution/thread';
import type { MaybePromise } from '../maybe-promise';

/** What an expression gives at a visit. `effective` is the state's effective input. */
export type Evaluate<T = Json> = (visit: Visit, effective: Payload, item?: MapItem) => MaybePromise<T>;

/**
 * How data goes into a state and out of it, in one query language. The states know no other difference between the two
 * (Step Functions Developer Guide, "Processing input and output" and "Transforming data with JSONata").
 */
export interface DataFlow {
  readonly language: QueryLanguage;
  /** What the state's own paths read: its input, by InputPath. */
  effectiveInput(visit: Visit): Payload;
  /** What the state works on: by Parameters, or by Arguments. */
  readonly workInput: Evaluate<Payload>;
  /** What a state with a result hands on: by ResultSelector, Assign, ResultPath and OutputPath, or by Assign and Output. */
  outputOfResult(visit: Visit, result: Payload): MaybePromise<Output>;
  /** What a state without one hands on. */
  outputOfInput(visit: Visit, effective: Payload): MaybePromise<Output>;
  /** What a rule of a Choice hands on: its own Assign and Output instead of the state's. */
  compileRule(rule: Fields, location: string): (visit: Visit, effective: Payload) => MaybePromise<Output>;
  /** What a Catch clause hands on. */
  compileCatch(clause: Fields, location: string): (visit: Visit, failure: Failure) => MaybePromise<Output>;
  /** A template of values (`ItemSelector`, `Credentials`, `BatchInput`); `within` is where it stands in the state. */
  compileTemplate(fields: Fields, name: string, within?: string): Evaluate | undefined;
  /** A field that holds a value, or in JSONata an expression for one. */
  compileValue(fields: Fields, name: string, type: JsonType, within?: string): Evaluate | undefined;
}
