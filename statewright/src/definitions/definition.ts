import { basename } from 'node:path';
import { objectOf } from '../asl/graph';
import { UserError } from '../user-error';
import { pathOf } from './location';
import { madeUpValue, PSEUDO_PARAMETERS } from './made-up';
import { replacePlaceholders } from './placeholders';
import { type Position, parseSource, positionOf, type ValuePath } from './source-text';

/** A state machine that was found in a file. */
export interface FoundDefinition {
  /** The file that holds the definition itself. */
  readonly file: string;
  /** The name of the state machine: that of its resource in a template, else the file's without its ending. */
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  /** In the Amazon States Language. */
  readonly definition: object;
  /** What was made up because no value was given. Whole sentences. */
  readonly notices: readonly string[];
  /** Where a diagnostic's location, such as `/States/Test/Next`, is in the file. */
  positionOf(location: string): Position;
}

/** Values for `${name}`, and for the parameters of a template. */
export type Substitutions = Readonly<Record<string, string>>;

/** What a text is filled in with, and what had to be made up. */
export interface Filled {
  readonly text: string;
  readonly notices: readonly string[];
}

/** Fills in placeholders with the values given, or else with made-up ones. */
export function fillOrMakeUp(text: string, values: Substitutions): Filled {
  const known: Substitutions = { ...PSEUDO_PARAMETERS, ...values };
  const madeUp = new Map<string, string>();
  const filled = replacePlaceholders(text, (placeholder) => {
    const { name, isQuoted, isWhole } = placeholder;
    if (Object.hasOwn(known, name)) return known[name] as string;
    const value = madeUpValue(placeholder);
    madeUp.set(name, value);
    return isQuoted || !isWhole || value === '1' ? value : JSON.stringify(value);
  });
  const notices = [...madeUp].map(([name, value]) => `\${${name}} has no value; ${value} takes its place.`);
  return { text: filled, notices };
}

/** The definition in a file of its own: JSON, or YAML by the file's ending. @throws UserError */
export function definitionIn(
  text: string,
  file: string,
  values: Substitutions,
): Pick<FoundDefinition, 'definition' | 'notices' | 'positionOf'> {
  const { text: filled, notices } = fillOrMakeUp(text, values);
  const definition = objectOf(parseSource(filled, file));
  if (!definition || !('StartAt' in definition || 'States' in definition)) {
    throw new UserError(
      `${file} has no state machine: neither StartAt and States, nor the Resources of a template.`,
      'Name a definition in the Amazon States Language (JSON or YAML), or a CloudFormation or SAM template.',
    );
  }
  return { definition, notices, positionOf: positions(filled, definition) };
}

/** @param prefix where the definition is in the text */
export function positions(
  text: string,
  definition: unknown,
  prefix: ValuePath = [],
): FoundDefinition['positionOf'] {
  return (location) => positionOf(text, [...prefix, ...pathOf(location, definition)]);
}

/** `order` of `machines/order.asl.json`. */
export function nameOfFile(file: string): string {
  return basename(file).replace(/(?:\.asl)?\.(?:json|ya?ml|asl)$/i, '');
}
