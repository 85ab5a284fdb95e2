import { invalidFilterPattern, type MessageFilter } from './filter-regex';
import { compileComparison, type Operand } from './json-pattern';

/** Whether a field of a message matches. */
type FieldFilter = (field: string) => boolean;

/**
 * Compiles `[ip, user, ..., status = 4*, bytes > 1000]`: a name for each space-delimited field of a message, some with a
 * condition; `...` is any number of fields. A part of the message in quotation marks or brackets is one field.
 */
export function compileFieldPattern(pattern: string): MessageFilter {
  if (!pattern.endsWith(']')) throw invalidFilterPattern(`the bracket is not closed in ${pattern}`);
  const columns = split(pattern.slice(1, -1), ',');
  const rest = columns.indexOf('...');
  const before = columns
    .slice(0, rest < 0 ? undefined : rest)
    .map((column) => compileColumn(column, pattern));
  const after = rest < 0 ? [] : columns.slice(rest + 1).map((column) => compileColumn(column, pattern));
  return (message) => {
    const fields = fieldsOf(message);
    const missing = fields.length - before.length - after.length;
    if (rest < 0 ? missing !== 0 : missing < 0) return false;
    return (
      before.every((matches, at) => matches(fields[at] as string)) &&
      after.every((matches, at) => matches(fields[before.length + missing + at] as string))
    );
  };
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', '[': ']' };

/** The fields of a message, in a time that grows with its length only. */
function fieldsOf(message: string): string[] {
  const last = { '"': message.lastIndexOf('"'), ']': message.lastIndexOf(']') } as Record<string, number>;
  const word = /\S+/y;
  const fields: string[] = [];
  for (let at = 0; at < message.length; at++) {
    if (/\s/.test(message[at] as string)) continue;
    const closing = CLOSING[message[at] as string];
    const start = at;
    if (closing !== undefined && at < (last[closing] as number)) {
      at = message.indexOf(closing, start + 1);
      fields.push(message.slice(start + 1, at));
    } else {
      word.lastIndex = start;
      fields.push(word.exec(message)?.[0] ?? '');
      at = word.lastIndex;
    }
  }
  return fields;
}

/** The parts of a text between separators that are not in a quoted text or a regular expression. */
function split(text: string, separator: ',' | '||' | '&&'): string[] {
  const parts = [''];
  for (const [piece] of text.matchAll(/"(?:[^"\\]|\\.)*"|%[^%]*%|\|\||&&|[\s\S]/g)) {
    if (piece === separator) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts.map((part) => part.trim());
}

function compileColumn(column: string, pattern: string): FieldFilter {
  const alternatives = split(withoutParentheses(column), '||').map((alternative) =>
    split(alternative, '&&').map((condition) => compileCondition(withoutParentheses(condition), pattern)),
  );
  return (field) => alternatives.some((conditions) => conditions.every((matches) => matches(field)));
}

const withoutParentheses = (text: string) => text.replace(/^\((.*)\)$/s, '$1').trim();

const CONDITION = /^[\w$.*@-]+\s*(?:(!=|<=|>=|=|<|>)\s*(?:"((?:[^"\\]|\\.)*)"|%([^%]+)%|([^\s"=<>]+)))?$/;

function compileCondition(text: string, pattern: string): FieldFilter {
  const [found, operator, quoted, regex, word] = CONDITION.exec(text) ?? [];
  if (found === undefined) throw invalidFilterPattern(`unexpected ${text || 'empty field'} in ${pattern}`);
  if (operator === undefined) return () => true;
  const operand: Operand =
    quoted !== undefined
      ? { kind: 'text', text: quoted.replace(/\\(.)/g, '$1') }
      : regex !== undefined
        ? { kind: 'regex', text: regex }
        : { kind: 'word', text: word ?? '' };
  const compare = compileComparison(operator, operand);
  if (!compare) throw invalidFilterPattern(`unexpected ${text} in ${pattern}`);
  return operator.includes('<') || operator.includes('>') ? (field) => compare(Number(field)) : compare;
}
