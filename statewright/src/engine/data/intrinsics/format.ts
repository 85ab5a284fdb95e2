import { javaText } from '../java';
import type { Json } from '../json';
import { type IntrinsicFunction, InvalidArguments } from './arguments';

/** States.Format: replaces each `{}` in the template with the next value. */
export const format: IntrinsicFunction = ([template, ...values]) => {
  const pieces = splitTemplate(javaText(template as Json));
  if (values.length !== pieces.length - 1) {
    throw new InvalidArguments('arguments', 'number of arguments do not match the occurrences of {}.');
  }
  return pieces.reduce((text, piece, index) => text + javaText(values[index - 1] as Json) + piece);
};

/** What is special in a template: an escape, a placeholder or a single brace. */
const TOKEN = /\\(['{}\\])|\{\}|[{}]/g;

/** The texts around the placeholders, with the escapes resolved. */
function splitTemplate(template: string): string[] {
  const pieces = [''];
  let end = 0;
  for (const match of template.matchAll(TOKEN)) {
    const last = pieces.length - 1;
    pieces[last] += template.slice(end, match.index) + (match[1] ?? '');
    end = match.index + match[0].length;
    if (match[0] === '{}') pieces.push('');
    if (match[0] === '{') throw new InvalidArguments('template', "matching '}' not found for '{'.");
    if (match[0] === '}') throw new InvalidArguments('template', "matching '{' not found for '}'.");
  }
  pieces[pieces.length - 1] += template.slice(end);
  return pieces;
}
