/** The definition of a StateMachine: its text for Terraform, its faults, and the functions that it calls. */
import {
  DefaultTokenResolver,
  type IResolvable,
  type IResolveContext,
  StringConcat,
  Token,
  Tokenization,
} from 'cdktf';
import type { IConstruct } from 'constructs';
import {
  type StateMachine as Definition,
  findMistakes,
  lambdaFunctionsOf,
  validateStateMachine,
} from '../asl';
import { isToken } from '../asl/token';
import type { WorkflowType } from '../asl/validation/place';
import { sizeFault } from '../asl/validation/size';
import { LazyText, resolveTokens } from './resolve-tokens';
import { terraformJson } from './terraform-json';
import { asTokens, escapeTemplates, withArns } from './terraform-references';
import { asText, isOpaque, mapLeaves, tokenFaults, tokensIn } from './tokens';

/** What a StateMachine takes: a typed definition, or the JSON text of a definition that only Terraform knows. */
export type AnyDefinition = Definition | string | IResolvable;

/** Whether only Terraform knows the whole definition: `Fn.jsonencode(…)`, `Fn.templatefile(…)`, `variable.stringValue`. */
export function isOnlyInTerraform(definition: AnyDefinition): definition is string | IResolvable {
  return typeof definition === 'string' || isToken(definition);
}

/** The definition as Terraform's argument. Fields keep the order in which they were written. */
export function definitionText(definition: AnyDefinition): string {
  if (isOnlyInTerraform(definition)) return Token.asString(definition);
  // Validation reports it.
  const { faults, tokens } = read(definition);
  if (faults.length > 0) return '{}';
  // The Resource is an ARN, which needs no escape.
  const options = { isQuoted: (field: string) => field === 'Resource', indent: 2 };
  const text = new LazyText(
    () => tokens,
    (context) => terraformJson(definition, context, options),
  );
  return text.toString();
}

/** The faults of a definition that can be seen before Terraform runs, each with its place. */
export function definitionFaults(definition: AnyDefinition, type: WorkflowType, scope: IConstruct): string[] {
  if (isOnlyInTerraform(definition)) {
    return isToken(definition)
      ? []
      : ['The definition is a text, which is not checked. Use an object: `JSON.parse` reads one from a text'];
  }
  const { faults } = read(definition);
  if (faults.length > 0) return [...faults];
  return validateStateMachine(toBeValidated(definition, scope), type)
    .filter(({ severity }) => severity === 'ERROR')
    .map(withPlace);
}

/** The likely mistakes in a definition, each with its place. */
export function definitionMistakes(definition: AnyDefinition): string[] {
  const isUnknown = isOnlyInTerraform(definition) || !isReadable(definition);
  return isUnknown ? [] : findMistakes(definition).map(withPlace);
}

/** A function that a definition calls. */
interface CalledFunction {
  /** The function as the definition names it, with templates of Terraform escaped. */
  readonly text: string;
  /** Whether it begins with what is a function's ARN once Terraform knows it, such as `${var.charge_arn}:live`. */
  readonly isArn: boolean;
}

/** The functions that the definition calls: see `lambdaFunctionsOf`. */
export function functionsCalledBy(definition: AnyDefinition, scope: IConstruct): CalledFunction[] {
  if (isOnlyInTerraform(definition) || !isReadable(definition)) return [];
  const { tokens } = read(definition);
  const written = tokens.some(Tokenization.isResolvable) ? mapLeaves(definition, asText) : definition;
  return lambdaFunctionsOf(written).flatMap((called) => {
    const text = escapeTemplates(called);
    const reference = referenceAtStart(text, scope);
    if (isActivity(reference)) return [];
    return [{ text, isArn: reference !== undefined && !isFunctionName(reference) }];
  });
}

/** A text that begins with a reference, with the references that its tokens stand for; undefined for any other text. */
function referenceAtStart(text: string, scope: IConstruct): string | undefined {
  const known = text.startsWith('${') ? resolved(text, scope) : '';
  return known.startsWith('${') ? known : undefined;
}

const isActivity = (reference = '') => /^\$\{(?:data\.)?aws_sfn_activity\./.test(reference);

const isFunctionName = (reference: string) =>
  /^\$\{aws_lambda_function\.[^}]*\.(function_name|id)\}/.test(reference);

/** The definition with its references as Terraform's expressions; undefined when its content is not known. */
export function resolvedDefinition(definition: AnyDefinition, context: IResolveContext): unknown {
  if (isOnlyInTerraform(definition) || !isReadable(definition)) return undefined;
  const resolve = (value: unknown) => (isToken(value) ? resolveTokens(value, context) : value);
  return mapLeaves(definition, resolve, (name) => String(resolve(name)));
}

/** The tokens in a definition. */
export function tokensOf(definition: AnyDefinition): readonly unknown[] {
  return isOnlyInTerraform(definition) ? [] : read(definition).tokens;
}

/** Whether a definition can be written as JSON for Terraform. */
function isReadable(definition: Definition): boolean {
  return read(definition).faults.length === 0;
}

interface Reading {
  /** Why the definition cannot be written as JSON for Terraform, each with its place. */
  readonly faults: readonly string[];
  readonly tokens: readonly unknown[];
}

/** Reads a definition, once: CDKTF resolves each value of a stack several times. */
function read(definition: Definition): Reading {
  const known = readings.get(definition);
  if (known !== undefined) return known;
  const tooLarge = sizeFault(definition, isOpaque);
  const faults = tooLarge === undefined ? tokenFaults(definition) : [withPlace(tooLarge)];
  const reading = { faults, tokens: faults.length === 0 ? tokensIn(definition) : [] };
  readings.set(definition, reading);
  return reading;
}

const readings = new WeakMap<Definition, Reading>();

/** A text with the references that its tokens stand for. */
function resolved(text: string, scope: IConstruct): string {
  if (!isToken(text)) return text;
  return String(Tokenization.resolve(text, { scope, resolver }));
}

const resolver = new DefaultTokenResolver(new StringConcat());

const NAMES = ['StartAt', 'Next', 'Default'];

/**
 * The definition as validation takes it: with ARNs as the Resource of Tasks, plain references as tokens, and names of
 * states that are the same when they are the same in Terraform.
 */
function toBeValidated(definition: Definition, scope: IConstruct): unknown {
  const nameOf = (text: string) => asTokens(resolved(text, scope));
  return mapLeaves(
    definition,
    (leaf, field) => {
      const value = field === 'Resource' ? asText(leaf) : leaf;
      if (typeof value !== 'string') return value;
      if (field === 'Resource')
        return withArns(value, isActivity(referenceAtStart(value, scope)) ? 'activity' : 'function');
      return NAMES.includes(field) ? nameOf(value) : asTokens(value);
    },
    nameOf,
  );
}

function withPlace({ message, location }: { readonly message: string; readonly location?: string }): string {
  return location ? `${location}: ${message}` : message;
}
