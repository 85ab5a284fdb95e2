import { objectOf } from '../../asl/graph';
import { didYouMeanOneOf, quoted } from '../../did-you-mean';
import { text } from './arguments';
import { IntrinsicError } from './intrinsic-error';

/**
 * Whether a condition is true: one of the template, such as `{ Condition: 'IsProd' }`, or a condition function.
 *
 * @param conditions those of the template
 * @param around the conditions of the template that depend on this one
 * @throws IntrinsicError for a name that the template does not have, and for a condition that depends on itself
 */
export function holds(
  condition: unknown,
  conditions: Readonly<Record<string, unknown>>,
  evaluate: (value: unknown) => unknown,
  around: readonly string[] = [],
): boolean {
  const inner = (each: unknown) => holds(each, conditions, evaluate, around);
  const [[name, argument] = ['', undefined]] = Object.entries(objectOf(condition) ?? {});
  const parts = Array.isArray(argument) ? argument : [];
  const ofTemplate = (own: string) => {
    if (around.includes(own)) throw new IntrinsicError(`The condition "${own}" depends on itself.`);
    return holds(named(own, conditions), conditions, evaluate, [...around, own]);
  };
  switch (name) {
    case 'Condition':
      return ofTemplate(text(argument));
    case 'Fn::Equals':
      return text(evaluate(parts[0])) === text(evaluate(parts[1]));
    case 'Fn::And':
      return parts.every(inner);
    case 'Fn::Or':
      return parts.some(inner);
    case 'Fn::Not':
      return !inner(parts[0]);
    default:
      return false;
  }
}

function named(name: string, conditions: Readonly<Record<string, unknown>>): unknown {
  if (Object.hasOwn(conditions, name)) return conditions[name];
  const hint = didYouMeanOneOf(name, Object.keys(conditions), quoted);
  throw new IntrinsicError(`The condition "${name}" is not in the template. ${hint}`);
}
