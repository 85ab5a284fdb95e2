import jsonata from 'jsonata';
import { refuseNewerOperators } from '../../../asl/jsonata-syntax';
import { JsonataSyntaxError, QueryEvaluationError } from '../errors';
import type { Json } from '../json';
import type { JsonataScope } from '../scope';
import { isFunctionName, stepFunctions } from './functions';
import { GUARD, Guard, guardedFunctions, watchSteps } from './guard';
import { LinearRegExp } from './linear-regexp';
import { compileNavigation } from './navigation';
import { fromJsonata, toJsonata, UnsupportedResult } from './values';

/** AWS's limits: the depth of an expression, and the number of items that it may collect. The guard has the others. */
const LIMITS = { stack: 100, sequence: 873_782 };
// jsonata's types require a RegExp, of which it uses the constructor, `exec` and `lastIndex`.
const OPTIONS = { ...LIMITS, RegexEngine: LinearRegExp as unknown as RegExpConstructor };

/** Compiles one expression; `source` is the text between `{%` and `%}`. @throws JsonataSyntaxError */
export function compileExpression(
  source: string,
  location: string,
): (scope: JsonataScope) => Json | Promise<Json> {
  const expression = parse(source, location);
  const navigate = compileNavigation(expression.ast());
  const evaluate = compileEvaluation(expression, source, location);
  if (navigate === undefined) return evaluate;
  return (scope) => {
    const found = navigate(scope);
    return found.isFinal ? present(found.value, source, location) : evaluate(scope);
  };
}

function parse(source: string, location: string): jsonata.Expression {
  try {
    const expression = jsonata(source, OPTIONS);
    refuseNewerOperators(expression.ast(), source);
    // Step Functions has no $eval: a name without a value cannot be called.
    expression.assign('eval', undefined);
    watchSteps(expression, source);
    return expression;
  } catch (error) {
    throw new JsonataSyntaxError((error as Error).message, source, location);
  }
}

function present(value: Json | undefined, source: string, location: string): Json {
  if (value !== undefined) return value;
  throw new QueryEvaluationError(`${subject(source, location)} returned nothing (undefined).`, location);
}

function subject(source: string, location: string): string {
  return `The JSONata expression '${source}' specified for the field '${location}'`;
}

function compileEvaluation(
  expression: jsonata.Expression,
  source: string,
  location: string,
): (scope: JsonataScope) => Promise<Json> {
  const names = variableNames(source);
  return async (scope) => {
    const guard = new Guard(scope.hold);
    let result: unknown;
    try {
      const bound = bindings(names, scope, await guardedFunctions);
      result = await expression.evaluate(undefined, { ...bound, [GUARD]: guard });
      guard.check(result);
    } catch (error) {
      throw new QueryEvaluationError(`${subject(source, location)} ${describe(error)}`, location);
    } finally {
      guard.end();
    }
    try {
      return present(fromJsonata(result), source, location);
    } catch (error) {
      if (!(error instanceof UnsupportedResult)) throw error;
      throw new QueryEvaluationError(
        `${subject(source, location)} returned an unsupported result type.`,
        location,
      );
    }
  };
}

/** The names that follow a `$` in the source: no others have to be bound. */
function variableNames(source: string): string[] {
  return [...new Set([...source.matchAll(/\$([\p{ID_Continue}]+)/gu)].map(([, name = '']) => name))];
}

function bindings(
  names: readonly string[],
  scope: JsonataScope,
  guarded: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const bound: Record<string, unknown> = {};
  const functions = stepFunctions(scope);
  for (const name of names) {
    const variable = scope.variables.get(name);
    if (name === 'states') bound.states = statesView(scope.states);
    else if (variable !== undefined) bound[name] = toJsonata(variable);
    else if (isFunctionName(name)) bound[name] = functions[name];
    else if (Object.hasOwn(guarded, name)) bound[name] = guarded[name];
  }
  return bound;
}

/** `$states` as jsonata reads it; each member is created only when it is read. */
function statesView(states: JsonataScope['states']): object {
  const view = {};
  for (const name of ['input', 'context', 'result', 'errorOutput'] as const) {
    if (name in states) {
      Object.defineProperty(view, name, { enumerable: true, get: () => toJsonata(states[name] as Json) });
    }
  }
  return view;
}

/** What jsonata throws: plain objects as well as errors. */
interface JsonataFailure {
  readonly code?: string;
  readonly message?: string;
}

/** AWS's messages for an expression that reaches a limit, by jsonata's codes. */
const LIMIT_MESSAGES: Record<string, string> = {
  D1011: `Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as tail-recursive. Depth=${LIMITS.stack + 1} max=${LIMITS.stack}`,
  D1012: 'Expression evaluation timeout: Check for infinite loop',
  D2015: 'Expression evaluation memory limit exceeded: Check for excessive memory usage',
};

function describe(error: unknown): string {
  const { code, message = String(error) } = error as JsonataFailure;
  const limit = code === undefined ? undefined : LIMIT_MESSAGES[code];
  if (limit !== undefined) return `threw an error during evaluation: ${limit}`;
  return `threw an error during evaluation${code === undefined ? ':' : `. ${code}:`} ${message}`;
}
