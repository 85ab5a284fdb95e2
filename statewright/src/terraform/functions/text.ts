import { ExpressionError } from '../errors';
import { toList, toNumber, toText } from '../value';
import { format } from './format';
import { type Functions, listIn, ofText, ofTexts } from './function';
import { matches, replaceMatches } from './regex';

/** Characters as a reader sees them, as Terraform counts them. */
export const charactersOf = (text: string): string[] =>
  [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);

const trimStart = (text: string, characters: string): string => {
  const all = [...text];
  const start = all.findIndex((character) => !characters.includes(character));
  return start < 0 ? '' : all.slice(start).join('');
};
const reversed = (text: string) => [...text].reverse().join('');

/** Terraform documentation, "String Functions". */
export const textFunctions: Functions = {
  chomp: ofText((text) => text.replace(/[\r\n]+$/, '')),
  endswith: ofTexts((text = '', end = '') => text.endsWith(end)),
  format: ([template = null, ...values], place) => format(toText(template, place), values, place),
  formatlist: ([template = null, ...values], place) => {
    const text = toText(template, place);
    const lists = values.map((value) => listIn(value, place));
    const lengths = lists.flatMap((list) => list?.length ?? []);
    const [length = 1] = lengths;
    if (lengths.some((each) => each !== length)) {
      throw new ExpressionError(place, 'formatlist() needs lists of the same length');
    }
    return Array.from({ length }, (_, index) =>
      format(
        text,
        values.map((value, position) => lists[position]?.[index] ?? value),
        place,
      ),
    );
  },
  indent: ([spaces = null, text = null], place) =>
    toText(text, place).replaceAll('\n', `\n${' '.repeat(toNumber(spaces, place))}`),
  join: ([separator = null, ...lists], place) =>
    lists
      .flatMap((list) => toList(list, place))
      .map((item) => toText(item, place))
      .join(toText(separator, place)),
  lower: ofText((text) => text.toLowerCase()),
  regex: ([pattern = null, text = null], place) => {
    const [first] = matches(toText(pattern, place), toText(text, place), place);
    if (first === undefined) throw new ExpressionError(place, 'regex() found no match');
    return first;
  },
  regexall: ([pattern = null, text = null], place) =>
    matches(toText(pattern, place), toText(text, place), place),
  replace: ([text = null, search = null, replacement = null], place) => {
    const [whole, wanted, by] = [toText(text, place), toText(search, place), toText(replacement, place)];
    if (wanted.length > 1 && wanted.startsWith('/') && wanted.endsWith('/')) {
      return replaceMatches(wanted.slice(1, -1), whole, by, place);
    }
    return whole.replaceAll(wanted, () => by);
  },
  split: ofTexts((separator = '', text = '') => text.split(separator)),
  startswith: ofTexts((text = '', start = '') => text.startsWith(start)),
  strcontains: ofTexts((text = '', part = '') => text.includes(part)),
  strrev: ofText((text) => charactersOf(text).reverse().join('')),
  substr: ([text = null, offset = null, length = null], place) => {
    const characters = charactersOf(toText(text, place));
    const from = toNumber(offset, place);
    const count = toNumber(length, place);
    const start = from < 0 ? Math.max(0, characters.length + from) : from;
    return characters.slice(start, count < 0 ? undefined : start + count).join('');
  },
  title: ofText((text) => text.replace(/(?<![\p{L}\p{N}_])\p{L}/gu, (letter) => letter.toUpperCase())),
  trim: ofTexts((text = '', characters = '') =>
    reversed(trimStart(reversed(trimStart(text, characters)), characters)),
  ),
  trimprefix: ofTexts((text = '', start = '') => (text.startsWith(start) ? text.slice(start.length) : text)),
  trimspace: ofText((text) => text.trim()),
  trimsuffix: ofTexts((text = '', end = '') =>
    end && text.endsWith(end) ? text.slice(0, -end.length) : text,
  ),
  upper: ofText((text) => text.toUpperCase()),
};
