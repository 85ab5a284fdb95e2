import {
  compileTemplate,
  InvalidTemplateError,
  type Json,
  PathEvaluationError,
  stringifyJson,
} from '../../../src/engine/data';
import { scopeOf } from './scope';

const filled = (template: Json, input: string, more = {}) =>
  stringifyJson(compileTemplate(template)(scopeOf(input, more)) as Json);

describe('filling in', () => {
  test.each<[string, Json, string, string]>([
    ['a path', { 'a.$': '$.x' }, '{"x":1.0}', '{"a":1.0}'],
    ['the whole input', { 'a.$': '$' }, '[1]', '{"a":[1]}'],
    ['null', { 'a.$': '$.x' }, '{"x":null}', '{"a":null}'],
    ['a function', { 'a.$': "States.Format('<{}>', $.x)" }, '{"x":"y"}', '{"a":"<y>"}'],
    ['deeper objects', { a: { b: { 'c.$': '$.x' } } }, '{"x":1}', '{"a":{"b":{"c":1}}}'],
    ['objects in arrays', { a: [1, { 'b.$': '$.x' }, null] }, '{"x":2}', '{"a":[1,{"b":2},null]}'],
    ['a template that is an array', [{ 'b.$': '$.x' }], '{"x":null}', '[{"b":null}]'],
    ['constants only', { a: '$.x', b: ['$.y'] }, '{}', '{"a":"$.x","b":["$.y"]}'],
    ['a scalar', 'text', '{}', '"text"'],
    ['several matches', { 'a.$': '$.x[*].y' }, '{"x":[{"y":1},{"z":2}]}', '{"a":[1]}'],
    ['no match', { 'a.$': '$.none[*]' }, '{}', '{"a":[]}'],
    ['an index beyond the end', { 'a.$': '$.x[3]' }, '{"x":[1]}', '{"a":null}'],
    ['a negative index', { 'a.$': '$.x[-1]' }, '{"x":[1]}', '{"a":null}'],
    ['the last element', { 'a.$': '$.x[(@.length-1)]' }, '{"x":[1,2]}', '{"a":2}'],
    ['a member named .$ alone', { '.$': '$.x' }, '{"x":1}', '{"":1}'],
  ])('%s', (_what, template, input, result) => {
    expect(filled(template, input)).toBe(result);
  });

  test('from the context object and variables', () => {
    const more = { context: { State: { Name: 'A' } }, variables: { n: { m: 3 } } };
    expect(filled({ 'a.$': '$$.State.Name', 'b.$': '$n.m' }, '{}', more)).toBe('{"a":"A","b":3}');
  });

  test('a constant template is returned itself', () => {
    const template = { a: [1] };
    expect(compileTemplate(template)(scopeOf('{}'))).toBe(template);
  });
});

describe('the order of members', () => {
  const templateOf = (...names: string[]) => Object.fromEntries(names.map((name) => [name, '$']));
  const order = (...names: string[]) =>
    Object.keys(compileTemplate(templateOf(...names))(scopeOf('0')) as object);

  test('constants come first, in the order of the template', () => {
    expect(order('c.$', 'z', 'b.$', 'y', 'a.$')).toEqual(['z', 'y', 'a', 'b', 'c']);
  });

  test('the others follow in the order of a Java hash table', () => {
    // hashCode of one letter is its code: "p" (112) shares bucket 0 with "@" (64), and "q" (113) comes after them.
    expect(order('q.$', 'p.$', '@.$')).toEqual(['p', '@', 'q']);
    expect(order('first.$', 'second.$', 'third.$')).toEqual(['third', 'first', 'second']);
  });

  test('more than twelve members make the table grow', () => {
    const letters = [...'abcdefghijklm'];
    expect(order('P.$', '@.$')).toEqual(['P', '@']);
    expect(order('P.$', '@.$', ...letters.map((letter) => `${letter}.$`)).slice(0, 1)).toEqual(['@']);
  });
});

describe('a template that cannot be filled in', () => {
  test('names the member and quotes the input unchanged', () => {
    const fill = () => filled({ a: { 'order.$': '$.order.id' } }, '{ "other": 1 }');
    expect(fill).toThrow(PathEvaluationError);
    expect(fill).toThrow(
      `The JSONPath '$.order.id' specified for the field 'order.$' could not be found in the input '{ "other": 1 }'`,
    );
  });

  test.each([
    ['$.x[0].y', '{"x":[]}'],
    ['$.x[0]', '{"x":{}}'],
    ['$.x[0]', '{}'],
  ])('%s in %s', (path, input) => {
    expect(() => filled({ 'a.$': path }, input)).toThrow(
      `The JSONPath '${path}' specified for the field 'a.$'`,
    );
  });

  test('a path into null is an error', () => {
    expect(() => filled({ 'a.$': '$.x' }, 'null')).toThrow(
      'Unable to apply Path transformation to null or empty input.',
    );
  });
});

test.each<[Json, string]>([
  [['$.x'], 'an ARRAY'],
  [{ b: 1 }, 'an OBJECT'],
  [1, 'a NUMBER'],
  [true, 'a BOOLEAN'],
  [null, 'NULL'],
])('the path of a member cannot be %j', (value, type) => {
  const compile = () => compileTemplate({ 'a.$': value });
  expect(compile).toThrow(InvalidTemplateError);
  expect(compile).toThrow(
    `The value for the field 'a.$' must be a STRING that contains a JSONPath but was ${type}`,
  );
});
