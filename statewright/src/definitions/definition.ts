import { basename } from 'node:path';
import { objectOf, ownField } from '../asl/graph';
import type { WorkflowType } from '../asl/validation/place';
import { UserError } from '../user-error';
import { arnsIn, fictitiousText, fictitiousValue, PSEUDO_PARAMETERS } from './fictitious-values';
import { pathOf } from './location';
import { replacePlaceholders } from './placeholders';
import { Positions } from './positions';
import { SERVERLESS_FRAMEWORK } from './serverless-framework';
import { type Position, parseSource, SourceError, type ValuePath } from './source-text';

/** A state machine in a file. */
export interface FoundDefinition {
  /** The file of the definition itself. */
  readonly file: string;
  /** The file of the template that has the state machine, which may be that of a nested stack. */
  readonly template?: string;
  /** The name of the state machine: that of its resource in a template, or the file's without its extension. */
  readonly name: string;
  readonly type: WorkflowType;
  /** The definition in the Amazon States Language. */
  readonly definition: object;
  /** The placeholders without a value, and what takes their place. Whole sentences. */
  readonly notices: readonly string[];
  /** The ARNs that take the place of what only a deployment knows. */
  readonly fictitiousArns: readonly string[];
  /** The values of its placeholders, given or fictitious. */
  readonly values: Substitutions;
  /** The position of a diagnostic's location, such as `/States/Test/Next`, in the file. */
  positionOf(location: string): Position;
}

/** Values for `${name}`, and for the parameters of a template. */
export type Substitutions = Readonly<Record<string, string>>;

/** A text with its placeholders filled in, and the fictitious values in it. */
interface Filled {
  readonly text: string;
  readonly notices: readonly string[];
  readonly fictitiousArns: readonly string[];
  readonly values: Substitutions;
}

/** Fills in placeholders with the given values, and with fictitious ones where a value is missing. */
export function fillWithFictitious(text: string, values: Substitutions): Filled {
  const known: Substitutions = { ...PSEUDO_PARAMETERS, ...values };
  const used = new Map<string, string>();
  const fictitious = new Map<string, string>();
  const filled = replacePlaceholders(text, (placeholder) => {
    const { name } = placeholder;
    if (Object.hasOwn(known, name)) {
      used.set(name, known[name] as string);
      return known[name] as string;
    }
    fictitious.set(name, fictitiousValue(placeholder));
    return fictitiousText(placeholder);
  });
  const notices = [...fictitious].map(
    ([name, value]) => `\${${name}} has no value; ${value} takes its place.`,
  );
  const all = Object.fromEntries([...used, ...fictitious]);
  return { text: filled, notices, fictitiousArns: arnsIn(fictitious.values()), values: all };
}

/** The definition in its own file: JSON, or YAML by the file's extension. @throws UserError */
export function definitionIn(
  text: string,
  file: string,
  values: Substitutions,
): Pick<FoundDefinition, 'definition' | 'notices' | 'fictitiousArns' | 'values' | 'positionOf'> {
  const { text: filled, ...fictitious } = fillWithFictitious(text, values);
  const definition = objectOf(withoutDirectives(text, () => parseSource(filled, file, textOfSub)));
  if (!definition || !('StartAt' in definition || 'States' in definition)) {
    throw new UserError(
      `${file} has no state machine: neither StartAt and States, nor the Resources of a template.`,
      whatToUse(definition),
    );
  }
  return { definition, ...fictitious, positionOf: positions(filled, definition) };
}

const DIRECTIVE = /%\{~?\s*(?:if|else|endif|for|endfor)\b/;

/** @throws SourceError that says what to do with a template of Terraform, whose directives are not evaluated here */
function withoutDirectives<T>(text: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SourceError && DIRECTIVE.test(text))) throw error;
    throw new SourceError(
      error.message,
      error.place,
      'It has template directives (%{ … }): use the folder of the Terraform configuration that reads it with templatefile.',
    );
  }
}

/** The hint for a file without a state machine. */
function whatToUse(content: unknown): string {
  if (ownField(content, 'stepFunctions') !== undefined) return SERVERLESS_FRAMEWORK;
  return typeof ownField(content, 'definition') === 'string'
    ? 'This is what `aws stepfunctions describe-state-machine` prints; for the definition alone, add: --query definition --output text'
    : 'Use a definition in the Amazon States Language (JSON or YAML), or a CloudFormation or SAM template.';
}

/** The state in its own file; undefined when the file has something else. @throws UserError */
export function stateIn(
  text: string,
  file: string,
  values: Substitutions,
): Pick<FoundDefinition, 'definition' | 'notices'> | undefined {
  const { text: filled, notices } = fillWithFictitious(text, values);
  const state = objectOf(parseSource(filled, file, textOfSub));
  return state && 'Type' in state && !('States' in state) ? { definition: state, notices } : undefined;
}

/** `!Sub` of a text is that text, whose placeholders are filled in; only a template gives other tags a meaning. */
const textOfSub = (tag: string, value: unknown) =>
  tag === 'Sub' && typeof value === 'string' ? value : undefined;

/** @param prefix where the definition is in the text */
export function positions(
  text: string,
  definition: unknown,
  prefix: ValuePath = [],
): FoundDefinition['positionOf'] {
  const inText = new Positions(text);
  return (location) => inText.at([...prefix, ...pathOf(location, definition)]);
}

/** `order` of `machines/order.asl.json`. */
export function nameOfFile(file: string): string {
  return basename(file).replace(/(?:\.asl)?\.(?:json|ya?ml|asl)$/i, '');
}
