/** Mistakes that AWS accepts when it creates a state machine, and that make its executions fail or wait. */
import { almost, didYouMean, quoted } from '../../did-you-mean';
import { errorNamesOf, listAt, ownField, type ScopePart, type StatePart, scopeAt, scopesIn } from '../graph';
import { LAMBDA_ERRORS } from '../lambda-errors';
import { fieldAt } from '../location';
import { isStatesError, STATES_ERRORS } from '../states-errors';
import { isToken } from '../token';
import { looksLikeExpression } from '../validation/paths';
import { assignedBy } from '../variable-references';
import { mistakesInPath } from './json-path';
import { mistakesInExpression } from './jsonata';
import type { Mistake, TextMistake } from './mistake';
import { References, type Variables } from './references';
import { missingTaskToken } from './task-token';
import { type Text, textsOf } from './texts';

/**
 * The likely mistakes in a definition that `validateStateMachine` accepts: misspelt variables, functions, error names and
 * fields of the context object, a task token that is not passed, texts that are not evaluated. Each can be intended.
 */
export function findMistakes(definition: unknown): Mistake[] {
  const isJsonata = (state: StatePart) =>
    (ownField(state.content, 'QueryLanguage') ?? ownField(definition, 'QueryLanguage')) === 'JSONata';
  const found: Mistake[] = [];
  // A list, not a recursion: a definition can be nested deep.
  const ahead = [{ scope: scopeAt(definition), outer: NONE, inMap: false }];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const { scope, outer, inMap } = next;
    const known = new Set([...outer.known, ...scope.states.flatMap(assignedBy)]);
    const variables = { known, outside: outer.outside };
    for (const state of scope.states) {
      // Not a state, but a value that only Terraform knows.
      if (typeof ownField(state.content, 'Type') !== 'string') continue;
      found.push(...mistakesOfState(state, isJsonata(state), variables, inMap));
      for (const inner of scopesIn(state)) {
        const isMap = ownField(state.content, 'Type') === 'Map';
        ahead.push({ scope: inner, outer: variablesOf(inner, variables), inMap: inMap || isMap });
      }
    }
  }
  return found;
}

const NONE: Variables = { known: new Set(), outside: new Set() };

/** The variables that a scope inside has from the one around it. */
function variablesOf(inner: ScopePart, { known, outside }: Variables): Variables {
  const isDistributed = ownField(ownField(inner.content, 'ProcessorConfig'), 'Mode') === 'DISTRIBUTED';
  return isDistributed ? { known: new Set(), outside: new Set([...known, ...outside]) } : { known, outside };
}

function mistakesOfState(
  state: StatePart,
  isJsonata: boolean,
  variables: Variables,
  inMap: boolean,
): Mistake[] {
  const texts = [...textsOf(state)];
  const inTexts = texts.flatMap((each) => {
    const references = new References(state, each, variables, inMap);
    const found = isJsonata ? mistakesInJsonata(each, references) : mistakesInJsonPath(each, references);
    return found.map((mistake) => ({ ...mistake, location: each.location }));
  });
  return [...inTexts, ...missingTaskToken(state, texts), ...unknownErrorNames(state)];
}

function mistakesInJsonata({ text, name, inData }: Text, references: References): TextMistake[] {
  if (text.startsWith('{%')) return mistakesInExpression(text, references);
  const isJsonPath = looksLikeExpression(text) || (inData && name.endsWith('.$'));
  return isJsonPath
    ? notEvaluated(
        'A JSONata state does not evaluate paths and intrinsic functions. Write an expression: {% … %}',
      )
    : [];
}

function mistakesInJsonPath({ text, name, inData }: Text, references: References): TextMistake[] {
  if (inData ? name.endsWith('.$') : /Path$|^Variable$/.test(name)) return mistakesInPath(text, references);
  return text.startsWith('{%') && text.endsWith('%}')
    ? notEvaluated(
        'A JSONPath state does not evaluate {% … %}. Write a path in a field that ends in .$, or set QueryLanguage to JSONata',
      )
    : [];
}

const notEvaluated = (message: string): TextMistake[] => [{ code: 'NOT_EVALUATED', message }];

function unknownErrorNames(state: StatePart): Mistake[] {
  return [...listAt(state, 'Retry'), ...listAt(state, 'Catch')].flatMap((handler) =>
    errorNamesOf(handler).flatMap((name): Mistake[] => {
      const fault = isToken(name) ? undefined : faultInErrorName(name);
      const location = fieldAt(handler.location, 'ErrorEquals');
      return fault === undefined ? [] : [{ code: 'UNKNOWN_ERROR_NAME', message: fault, location }];
    }),
  );
}

function faultInErrorName(name: string): string | undefined {
  if (name.startsWith('States.') && !isStatesError(name)) {
    const meant = didYouMean(name, STATES_ERRORS, quoted) ?? 'The prefix "States." is reserved.';
    return `"${name}" is not a predefined error, so this entry never applies to it. ${meant}`;
  }
  const meant = name.startsWith('Lambda.') ? almost(name, LAMBDA_ERRORS) : undefined;
  return meant && `"${name}" is not an error of Lambda. Did you mean ${quoted(meant)}?`;
}
