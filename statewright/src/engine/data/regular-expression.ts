import { createContext, Script } from 'node:vm';
import type { RE2JS } from 're2js';
import { StatesError } from './errors';

/**
 * The first match at or after a place in a text, which is a UTF-16 index: the text of the whole match and of each group,
 * and where it begins.
 */
export type FindMatch = (text: string, from: number) => Match | undefined;
export type Match = readonly (string | undefined)[] & { readonly index: number };

/** A text kept an expression with lookaround or backreferences busy for too long: `States.Runtime`. */
export class RegularExpressionTimeout extends StatesError {
  override readonly name = 'RegularExpressionTimeout';

  constructor(source: string) {
    super('States.Runtime', `The regular expression /${source}/ took longer than ${TIME_LIMIT / 1000} s`);
  }
}

/** Milliseconds: many times what a harmless expression takes, even when the machine is busy. */
const TIME_LIMIT = 1000;

/**
 * Makes a user's regular expression harmless, which could otherwise stop the whole process: RE2 runs it in linear time.
 * What RE2 does not have (lookaround, backreferences, more than 1,000 repetitions), JavaScript's own engine runs, with
 * a limit that interrupts it.
 * @throws SyntaxError
 */
export function compileFind(source: string, flags = ''): FindMatch {
  const linear = compileLinear(source, flags);
  return linear === undefined ? findWithLimit(new RegExp(source, `${flags}g`)) : findLinear(linear);
}

/** The same, for whether the expression matches the whole of a text. @throws SyntaxError */
export function compileMatchesWhole(source: string, flags = ''): (text: string) => boolean {
  const linear = compileLinear(source, flags);
  if (linear !== undefined) return (text) => linear.testExact(text);
  const find = findWithLimit(new RegExp(`^(?:${source})$`, `${flags}g`));
  return (text) => find(text, 0) !== undefined;
}

const FLAGS = { i: 'CASE_INSENSITIVE', m: 'MULTILINE', s: 'DOTALL' } as const;

/** Undefined for what RE2 does not have. */
function compileLinear(source: string, flags: string): RE2JS | undefined {
  // Loaded here, because few state machines have a regular expression.
  const { RE2JS } = require('re2js') as typeof import('re2js');
  const mode = [...flags].reduce((sum, flag) => {
    const name = FLAGS[flag as keyof typeof FLAGS];
    return name === undefined ? sum : sum | RE2JS[name];
  }, 0);
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source), mode);
  } catch {
    return undefined;
  }
}

function findLinear(expression: RE2JS): FindMatch {
  // Whoever looks for all matches asks again and again for the same text, which a matcher reads only once.
  let last: { readonly text: string; readonly matcher: ReturnType<RE2JS['matcher']> } | undefined;
  return (text, from) => {
    if (last?.text !== text) last = { text, matcher: expression.matcher(text) };
    const { matcher } = last;
    if (from > text.length || !matcher.find(from)) return undefined;
    const groups = Array.from(
      { length: matcher.groupCount() + 1 },
      (_, group) => matcher.group(group) ?? undefined,
    );
    return Object.assign(groups, { index: matcher.start() });
  };
}

const search = new Script('expression.exec(text)');

function findWithLimit(expression: RegExp): FindMatch {
  const sandbox = createContext({ expression, text: '' });
  return (text, from) => {
    expression.lastIndex = from;
    sandbox.text = text;
    try {
      return (search.runInContext(sandbox, { timeout: TIME_LIMIT }) as RegExpExecArray | null) ?? undefined;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? new RegularExpressionTimeout(expression.source) : error;
    }
  };
}
