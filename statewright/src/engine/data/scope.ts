import type { Json, JsonObject } from './json';
import type { Payload } from './payload';

/** The variables that a state sees. A `Map` is one. */
export interface Variables {
  get(name: string): Json | undefined;
}

/** What the functions of the language need from the caller. */
export interface Sources {
  /** In [0, 1). */
  readonly random: () => number;
  /** A fresh UUID, version 4. */
  readonly uuid: () => string;
  /** Epoch milliseconds, for JSONata's `$now()` and `$millis()` (default: the system clock). */
  readonly now?: () => number;
  /** Says that an evaluation lets others have their turn; the returned function says it is done. As a clock's. */
  readonly hold?: () => () => void;
  /** A promise when others must have their turn before an evaluation continues. As a clock's. */
  readonly nextTurn?: () => Promise<void> | undefined;
}

/** What paths and templates read. The members may be getters: each is read only where an expression asks for it. */
export interface EvaluationScope extends Sources {
  /** `$`; a payload, since errors quote its text. */
  readonly input: Payload;
  /** `$$` */
  readonly context: Json;
  /** `$name` */
  readonly variables: Variables;
}

/** What the expressions of a JSONata state read. The members of `states` may be getters. */
export interface JsonataScope extends Sources {
  /** `$states`: the input, the context and, if any, the result or the error output. */
  readonly states: {
    readonly input: Json;
    readonly context: Json;
    readonly result?: Json;
    readonly errorOutput?: JsonObject;
  };
  readonly variables: Variables;
}
