import { parseJson } from '../../../src/engine/data';
import { compileEventPattern } from '../../../src/local-aws/events/event-pattern';

const matches = (pattern: object, event: object) =>
  compileEventPattern(JSON.stringify(pattern))(parseJson(JSON.stringify(event)));

describe('an event pattern', () => {
  test.each<[string, object, object, object]>([
    ['a value of a list', { a: ['x', 1, null, true] }, { a: 1 }, { a: '1' }],
    ['null', { a: [null] }, { a: null }, {}],
    ['an element of a list', { a: ['x'] }, { a: ['y', 'x'] }, { a: ['y'] }],
    ['all fields', { a: ['x'], b: ['y'] }, { a: 'x', b: 'y', c: 1 }, { a: 'x' }],
    ['nested fields', { d: { a: ['x'] } }, { d: { a: 'x' } }, { d: { b: 'x' } }],
    ['an object of a list', { d: { a: ['x'] } }, { d: [{ a: 'y' }, { a: 'x' }] }, { d: [] }],
    ['$or', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'y' }, { a: 'y' }],
    ['prefix', { a: [{ prefix: 'eu-' }] }, { a: 'eu-west-1' }, { a: 'us-eu-' }],
    [
      'prefix without case',
      { a: [{ prefix: { 'equals-ignore-case': 'EU' } }] },
      { a: 'eu-west-1' },
      { a: 'us' },
    ],
    ['suffix', { a: [{ suffix: '.png' }] }, { a: 'x.png' }, { a: 'x.PNG' }],
    ['equals-ignore-case', { a: [{ 'equals-ignore-case': 'AbC' }] }, { a: 'aBc' }, { a: 'ab' }],
    ['wildcard', { a: [{ wildcard: 'a/*/c*.x' }] }, { a: 'a/b/b/c1.x' }, { a: 'a/c.x' }],
    ['an escaped star', { a: [{ wildcard: '\\*' }] }, { a: '*' }, { a: 'x' }],
    ['anything-but', { a: [{ 'anything-but': 'x' }] }, { a: 'y' }, { a: 'x' }],
    ['anything-but several', { a: [{ 'anything-but': ['x', 1] }] }, { a: 2 }, { a: 1 }],
    ['anything-but a prefix', { a: [{ 'anything-but': { prefix: ['x', 'y'] } }] }, { a: 'z' }, { a: 'yz' }],
    ['anything-but needs the field', { a: [{ 'anything-but': 'x' }] }, { a: null }, {}],
    ['numeric', { a: [{ numeric: ['>', 0, '<=', 5.5] }] }, { a: 5.5 }, { a: 0 }],
    ['numeric =', { a: [{ numeric: ['=', 300] }] }, { a: 3e2 }, { a: '300' }],
    ['exists', { a: [{ exists: true }] }, { a: null }, {}],
    ['exists false', { d: { a: [{ exists: false }] } }, { b: 1 }, { d: { a: 1 } }],
    ['exists only for values', { a: [{ exists: true }] }, { a: 1 }, { a: { b: 1 } }],
    ['cidr', { a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.0.255' }, { a: '10.0.1.0' }],
    ['cidr of IPv6', { a: [{ cidr: '2001:db8::/32' }] }, { a: '2001:db8::1' }, { a: '10.0.0.1' }],
  ])('with %s', (_, pattern, matching, other) => {
    expect([matches(pattern, matching), matches(pattern, other)]).toEqual([true, false]);
  });

  test('is compared with the own fields of an event', () => {
    expect(matches({ toString: [{ exists: true }] }, {})).toBe(false);
  });

  test.each([
    ['{', 'not valid JSON'],
    ['[]', 'not an object'],
    ['{"a":"x"}', '"a" must be an object or an array'],
    ['{"a":[]}', 'Empty arrays are not allowed'],
    ['{"a":[{"like":"x"}]}', 'Unrecognized match type like'],
    ['{"a":[{"prefix":1}]}', 'prefix match pattern must be a string'],
    ['{"a":[{"numeric":["!",1]}]}', 'Unrecognized numeric range operator: !'],
    ['{"a":[{"cidr":"10.0.0.0/33"}]}', 'Malformed CIDR'],
  ])('%s is refused', (text, message) => {
    expect(() => compileEventPattern(text)).toThrow(message);
  });
});
