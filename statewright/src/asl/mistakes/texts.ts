/** The texts of a state that are, or look like, paths and expressions. */
import { isObject } from '../../is-object';
import { objectOf, type StatePart } from '../graph';
import { fieldAt, itemAt } from '../location';
import { isToken } from '../token';

/** A text in a field of a state. */
export interface Text {
  readonly text: string;
  readonly location: string;
  /** The state's own field that contains it, such as `Arguments` or `Catch`. */
  readonly field: string;
  /** The name of the innermost field, such as `id.$`. */
  readonly name: string;
  /** Whether it is part of data that the state makes; only such fields are evaluated when they end in `.$`. */
  readonly inData: boolean;
}

/** Fields with data. The name of a field inside is the user's own. */
const DATA = new Set([
  ...['Parameters', 'Arguments', 'ItemSelector', 'ResultSelector', 'BatchInput', 'Credentials'],
  ...['Assign', 'Output', 'Items'],
]);

/** Fields of a state that are not data and hold no references: names, words, and other states. */
const PLAIN = new Set([
  ...['Type', 'Comment', 'QueryLanguage', 'Next', 'Default', 'Resource', 'ErrorEquals', 'Label', 'Result'],
  ...['Branches', 'ItemProcessor', 'Iterator', 'ProcessorConfig'],
]);

/** The texts of a state, without those of the states inside it. */
export function* textsOf({ content, location }: StatePart): Generator<Text> {
  for (const [name, value] of Object.entries(objectOf(content) ?? {})) {
    yield* textsIn(value, { location: fieldAt(location, name), field: name, name, inData: false });
  }
}

function* textsIn(value: unknown, at: Omit<Text, 'text'>): Generator<Text> {
  const inData = at.inData || DATA.has(at.name);
  if (isToken(value) || (!inData && PLAIN.has(at.name))) return;
  if (typeof value === 'string') yield { ...at, text: value };
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* textsIn(item, { ...at, inData, location: itemAt(at.location, index) });
    }
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      yield* textsIn(item, { ...at, inData, name, location: fieldAt(at.location, name) });
    }
  }
}
