/** The definition of a StateMachine: its text for Terraform, its faults, and the functions that it calls. */
import {
  DefaultTokenResolver,
  type IResolvable,
  type IResolveContext,
  Lazy,
  StringConcat,
  Token,
  Tokenization,
} from 'cdktf';
import type { IConstruct } from 'constructs';
import { type StateMachine as Definition, lambdaFunctionsOf, validateStateMachine } from '../asl';
import { isToken } from '../asl/token';
import { sizeFault } from '../asl/validation/size';
import { terraformJson } from './terraform-json';
import { asTokens, withArns } from './terraform-references';
import { asText, isOpaque, mapLeaves, tokenFaults } from './tokens';

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
  if (!isReadable(definition)) return '{}';
  return Lazy.stringValue({
    // The Resource is an ARN, which needs no escape.
    produce: (context) =>
      terraformJson(definition, context, { isQuoted: (field) => field === 'Resource', indent: 2 }),
  });
}

/** The faults of a definition that can be seen before Terraform runs, each with its place. */
export function definitionFaults(definition: AnyDefinition, scope: IConstruct): string[] {
  if (isOnlyInTerraform(definition)) {
    return isToken(definition)
      ? []
      : ['The definition is a text, which is not checked. Use an object: `JSON.parse` reads one from a text'];
  }
  const tooLarge = sizeFault(definition, isOpaque);
  if (tooLarge !== undefined) return [withPlace(tooLarge)];
  if (!isReadable(definition)) return [...tokenFaults(definition)];
  return validateStateMachine(toBeValidated(definition, scope))
    .filter(({ severity }) => severity === 'ERROR')
    .map(withPlace);
}

/** The functions that the definition calls: see `lambdaFunctionsOf`. */
export function functionsCalledBy(definition: AnyDefinition, scope: IConstruct): string[] {
  if (isOnlyInTerraform(definition) || !isReadable(definition)) return [];
  return lambdaFunctionsOf(mapLeaves(definition, asText)).filter((text) => !isActivity(text, scope));
}

/** Whether a text refers to an activity. */
function isActivity(text: string, scope: IConstruct): boolean {
  return /^\$\{(?:data\.)?aws_sfn_activity\./.test(resolved(text, scope));
}

/** The definition with its references as Terraform's expressions; undefined when its content is not known. */
export function resolvedDefinition(definition: AnyDefinition, context: IResolveContext): unknown {
  if (isOnlyInTerraform(definition) || !isReadable(definition)) return undefined;
  // CDKTF's own walk through an object is slow.
  const resolve = (value: unknown) => (isToken(value) ? context.resolve(value) : value);
  return mapLeaves(definition, resolve, (name) => String(resolve(name)));
}

/** Whether a definition can be written as JSON for Terraform. CDKTF resolves each value of a stack several times. */
function isReadable(definition: Definition): boolean {
  const known = readable.get(definition);
  if (known !== undefined) return known;
  const found = sizeFault(definition, isOpaque) === undefined && tokenFaults(definition).next().done === true;
  readable.set(definition, found);
  return found;
}

const readable = new WeakMap<Definition, boolean>();

/** Whether a text begins with what is a function's ARN once Terraform knows it, such as `${var.charge_arn}:live`. */
export function beginsWithArn(text: string, scope: IConstruct): boolean {
  const written = resolved(text, scope);
  return written.startsWith('${') && !/^\$\{aws_lambda_function\.[^}]*\.(function_name|id)\}/.test(written);
}

/** A text with the references that its tokens stand for. */
function resolved(text: string, scope: IConstruct): string {
  if (!isToken(text)) return text;
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(text, { scope, resolver }));
}

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
      if (field === 'Resource') return withArns(value, isActivity(value, scope) ? 'activity' : 'function');
      return NAMES.includes(field) ? nameOf(value) : asTokens(value);
    },
    nameOf,
  );
}

function withPlace({ message, location }: { readonly message: string; readonly location?: string }): string {
  return location ? `${location}: ${message}` : message;
}
