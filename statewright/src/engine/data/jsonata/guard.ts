/** Keeps an evaluation from taking all of the process's memory, and from keeping everything else waiting. */
import jsonata from 'jsonata';
import { then } from '../../maybe-promise';
import { LARGEST_VALUE, Sizes } from '../limits';
import { type Comparator, distinct, isAfter, sorted } from './arrays';
import { isFunction } from './values';

/** What all text that functions make may come to, in characters. AWS states no number. */
const MOST_TEXT = 268_435_456;
/**
 * AWS's limit of an evaluation's time, in milliseconds. What others take does not count: neither this process's other
 * work between the steps, nor other processes on a busy machine.
 */
const LONGEST_TIME = 5000;
/** How long an evaluation continues without letting others have their turn, in milliseconds. */
const SLICE = 20;

/** jsonata's codes for such failures. */
const tooLarge = () => ({ code: 'D2015' });
const tooLong = () => ({ code: 'D1012' });

/** One evaluation's use of time and memory. */
export class Guard {
  #text = 0;
  #time = 0;
  // Not by the time of day, which can be changed: an endless loop would then not be ended.
  #sliceStart = performance.now();
  #used = process.cpuUsage();
  #release: (() => void) | undefined;
  readonly #sizes = new Sizes(isFunction);
  readonly #hold: (() => () => void) | undefined;

  /** @param hold tells a simulated time that work is under way */
  constructor(hold: (() => () => void) | undefined) {
    this.#hold = hold;
  }

  /** Called before each step. */
  turn(): Promise<void> | undefined {
    const slice = performance.now() - this.#sliceStart;
    if (slice < SLICE) return undefined;
    const { user, system } = process.cpuUsage(this.#used);
    this.#time += Math.min(slice, (user + system) / 1000);
    if (this.#time > LONGEST_TIME) throw tooLong();
    this.#release ??= this.#hold?.();
    return new Promise((resolve) => {
      setImmediate(() => {
        this.#sliceStart = performance.now();
        this.#used = process.cpuUsage();
        resolve();
      });
    });
  }

  /** The evaluation has ended. */
  end(): void {
    this.#release?.();
  }

  /** Text that a function has made. */
  made(text: string): void {
    this.#text += text.length;
    if (this.#text > MOST_TEXT) throw tooLarge();
    this.check(text);
  }

  /** Refuses a value that is too large as JSON. */
  check(value: unknown): void {
    if (this.#sizes.of(value) > LARGEST_VALUE) throw tooLarge();
  }
}

/** The name, which no expression can write, by which the evaluation's frames know its guard. */
export const GUARD = '\0guard';

interface Frame {
  lookup(name: string): unknown;
}

interface NativeFunction {
  /** How many arguments it takes (default: as many as the implementation). */
  readonly arity?: number;
  readonly implementation: (
    this: { readonly environment: Frame; createSequence(): unknown[] },
    ...values: unknown[]
  ) => unknown;
}

const guardOf = (frame: Frame) => frame.lookup(GUARD) as Guard;

/** Lets the guard of each evaluation, bound as `GUARD`, see its steps; jsonata waits for what these callbacks give. */
export function watchSteps(expression: jsonata.Expression, source: string): void {
  const assign = (name: symbol, callback: unknown) => expression.assign(name as unknown as string, callback);
  assign(Symbol.for('jsonata.__evaluate_entry'), (_step: unknown, _input: unknown, frame: Frame) =>
    guardOf(frame).turn(),
  );
  // Nothing else grows from step to step: neither a concatenation, nor an object or a function in braces.
  if (!/[&{]/.test(source)) return;
  assign(
    Symbol.for('jsonata.__evaluate_exit'),
    ({ type }: { readonly type: string }, _input: unknown, frame: Frame, result: unknown) => {
      if (MAKERS.has(type)) guardOf(frame).check(result);
    },
  );
}

/** The kinds of steps that make a value larger than those that it is made of. */
const MAKERS = new Set(['binary', 'unary', 'function', 'path', 'apply']);

/** jsonata's functions that make text of any length, by name. */
const TEXT_FUNCTIONS = [
  'base64decode', 'base64encode', 'decodeUrl', 'decodeUrlComponent', 'encodeUrl', 'encodeUrlComponent',
  'formatBase', 'formatInteger', 'formatNumber', 'join', 'lowercase', 'pad', 'replace', 'string', 'trim', 'uppercase',
] as const; // biome-ignore format: a list

/** Others that call a function that they receive, such as a regular expression, as often as they need to. */
const CALLING_FUNCTIONS = ['each', 'filter', 'map', 'match', 'reduce', 'sift', 'single', 'split'] as const;

/** What AWS decodes; jsonata ignores all other characters. The padding at the end may be missing. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** jsonata hands all numbers to a single call of JavaScript's own, which takes about 120,000 of them. */
const REDUCERS = { max: Math.max, min: Math.min };

/** Those of jsonata take the square of the time, without a turn for others. */
const ARRAY_FUNCTIONS: Readonly<Record<string, NativeFunction['implementation']>> = {
  async sort(items, comparator) {
    if (!Array.isArray(items) || items.length <= 1) return items;
    const guard = guardOf(this.environment);
    return sorted(items, (comparator as Comparator | undefined) ?? isAfter(items), () => guard.turn());
  },
  async distinct(items) {
    if (!Array.isArray(items) || items.length <= 1) return items;
    const guard = guardOf(this.environment);
    return distinct(items, 'sequence' in items ? this.createSequence() : [], () => guard.turn());
  },
};

/** Functions of jsonata, by name, that a guard of the evaluation looks after or that any number of values may be given. */
export const guardedFunctions = Promise.all([
  ...TEXT_FUNCTIONS.map(async (name) => [name, guarded(name, turning(await nativeFunction(name)))]),
  ...CALLING_FUNCTIONS.map(async (name) => [name, turning(await nativeFunction(name))]),
  ...Object.entries(ARRAY_FUNCTIONS).map(async ([name, implementation]) => [
    name,
    { ...(await nativeFunction(name)), implementation },
  ]),
  ...Object.entries(REDUCERS).map(async ([name, choose]) => [
    name,
    {
      ...(await nativeFunction(name)),
      implementation: (numbers?: readonly number[]) => reduce(numbers, choose),
    },
  ]),
]).then((functions) => Object.fromEntries(functions) as Record<string, NativeFunction>);

async function nativeFunction(name: string): Promise<NativeFunction> {
  return jsonata(`$${name}`).evaluate(undefined);
}

function reduce(numbers: readonly number[] | undefined, choose: (a: number, b: number) => number) {
  return numbers?.length ? numbers.reduce((chosen, number) => choose(chosen, number)) : undefined;
}

function guarded(name: (typeof TEXT_FUNCTIONS)[number], native: NativeFunction): NativeFunction {
  return {
    ...native,
    implementation(...values) {
      // It makes an array of the width first.
      if (name === 'pad' && Math.abs(Number(values[1])) > LARGEST_VALUE) throw tooLarge();
      if (name === 'base64decode' && typeof values[0] === 'string' && !BASE64.test(values[0])) {
        throw { code: 'D3137', message: 'The value is not valid Base64' };
      }
      const guard = guardOf(this.environment);
      return then(native.implementation.apply(this, values), (result) => told(guard, result));
    },
  };
}

function told(guard: Guard, result: unknown): unknown {
  if (typeof result === 'string') guard.made(result);
  return result;
}

/** The function, with a turn for others before each call of a function that it receives. */
function turning(native: NativeFunction): NativeFunction {
  return {
    ...native,
    arity: native.implementation.length,
    implementation(...values) {
      const guard = guardOf(this.environment);
      const args = values.map((value) => (isCallable(value) ? withTurns(value, guard) : value));
      return native.implementation.apply(this, args);
    },
  };
}

/** A function among the arguments of another one, as jsonata passes it. */
interface Callable {
  (...values: unknown[]): unknown;
  readonly arity?: number | undefined;
}

const isCallable = (value: unknown): value is Callable => typeof value === 'function';

/** What a regular expression has found has a function `next`, which finds more. */
function withTurns(call: Callable, guard: Guard): Callable {
  const result = (...values: unknown[]) => then(guard.turn(), () => call(...values));
  const found = (value: unknown) => {
    const next = (value as { readonly next?: unknown } | undefined)?.next;
    return isCallable(next) ? { ...(value as object), next: withTurns(next, guard) } : value;
  };
  return Object.assign((...values: unknown[]) => then(result(...values), found), { arity: call.arity });
}
