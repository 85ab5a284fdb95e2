/** Mistakes in paths and intrinsic functions. */
import { didYouMeanOneOf, quoted } from '../../did-you-mean';
import {
  HASH_ALGORITHMS,
  INTRINSIC_ARITY,
  type IntrinsicCall,
  type IntrinsicExpression,
  isIntrinsic,
  parseIntrinsic,
} from '../intrinsic';
import { type JsonPath, parseJsonPath } from '../json-path';
import { faultInContext } from './known-references';
import type { TextMistake } from './mistake';
import type { References } from './references';

/** The mistakes in a path or an intrinsic function; none in a text that is neither. */
export function mistakesInPath(text: string, references: References): TextMistake[] {
  let parsed: IntrinsicExpression;
  try {
    parsed = isIntrinsic(text) ? parseIntrinsic(text) : { kind: 'path', path: parseJsonPath(text) };
  } catch {
    // The validation reports it.
    return [];
  }
  return [...mistakesIn(parsed, references)];
}

function* mistakesIn(expression: IntrinsicExpression, references: References): Generator<TextMistake> {
  if (expression.kind === 'path') yield* mistakesOfRoot(expression.path, references);
  if (expression.kind !== 'call') return;
  const fault = faultInArguments(expression);
  if (fault !== undefined) yield { code: 'WRONG_ARGUMENTS', message: fault };
  for (const argument of expression.arguments) yield* mistakesIn(argument, references);
}

function mistakesOfRoot({ root, segments }: JsonPath, references: References): TextMistake[] {
  if (root.kind === 'variable') return references.variable(root.name);
  if (root.kind !== 'context') return [];
  const names: string[] = [];
  for (const segment of segments) {
    if (segment.kind !== 'child' || segment.names.length !== 1) break;
    names.push(...segment.names);
  }
  const fault = faultInContext(names);
  return fault === undefined ? references.context(names) : [{ code: 'UNKNOWN_REFERENCE', message: fault }];
}

function faultInArguments({ name, arguments: values }: IntrinsicCall): string | undefined {
  const [least, most] = INTRINSIC_ARITY[name];
  const found = values.length;
  if (found < least || found > most) {
    const wanted =
      least === most
        ? `${least}`
        : most === Number.POSITIVE_INFINITY
          ? `${least} or more`
          : `${least} to ${most}`;
    return `${name} takes ${wanted} ${least === 1 && most === 1 ? 'argument' : 'arguments'}, not ${found}`;
  }
  const [first, second] = values;
  if (name === 'States.Format' && first?.kind === 'string') return faultInTemplate(first.raw, found - 1);
  if (name !== 'States.Hash' || second?.kind !== 'string' || HASH_ALGORITHMS.includes(second.raw))
    return undefined;
  return `States.Hash does not have the algorithm "${second.raw}". ${didYouMeanOneOf(second.raw, HASH_ALGORITHMS, quoted)}`;
}

function faultInTemplate(template: string, values: number): string | undefined {
  const places = template.replace(/\\[\s\S]/g, ' ').split('{}').length - 1;
  return places === values
    ? undefined
    : `The template of States.Format has ${places} {}, and the number of its values is ${values}`;
}
