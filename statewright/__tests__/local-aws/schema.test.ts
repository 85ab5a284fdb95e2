import { operation } from '../../src/local-aws/api';
import { AwsError } from '../../src/local-aws/aws-error';
import {
  blob,
  boolean,
  document,
  enumeration,
  integer,
  list,
  map,
  string,
  structure,
  type Wire,
} from '../../src/local-aws/schema';

const request = structure(
  { Name: string({ length: [1, 5], pattern: '[a-z]+' }), Size: integer({ range: [1, 10] }) },
  {
    Mode: enumeration('Active', 'PassThrough'),
    Enabled: boolean(),
    Secret: string({ length: [0, 3], sensitive: true }),
    Days: integer({ values: [1, 7] }),
    Config: structure({ LogLevel: enumeration('INFO', 'WARN') }),
    Routes: list(structure({ weight: integer({ range: [0, 100] }) }), { length: [1, 2] }),
    Tags: map(string({ length: [0, 2] })),
    Code: blob(),
    Other: document(),
  },
);
const good = { Name: 'abc', Size: 5 };
const read = (members: unknown, wire: Wire = 'json') => request.read(members, '', wire);
const violation = (members: object) => request.violation(read({ ...good, ...members }), '');

describe('a request is read', () => {
  test('with its members in the types of its schema', () => {
    const members = {
      ...good,
      ...{ Mode: 'Active', Enabled: true, Routes: [{ weight: 1 }], Tags: { a: 'b' }, Other: { x: [1] } },
    };
    expect(read(members)).toEqual(members);
    expect(read({ ...good, Code: 'aGk=' }).Code).toEqual(Buffer.from('hi'));
  });

  test('without members that are null or are not in the schema', () => {
    expect(read({ ...good, Mode: null, Unknown: 1 })).toEqual(good);
  });

  test('with numbers and booleans from text', () => {
    expect(read({ Name: 'abc', Size: '-5', Enabled: 'false' }, 'text')).toEqual({
      Name: 'abc',
      Size: -5,
      Enabled: false,
    });
    expect(() => read({ Name: 'abc', Size: '5' })).toThrow(
      "STRING_VALUE can not be converted to a Integer at 'size'",
    );
    expect(() => read({ Name: 'abc', Size: '1e3' }, 'text')).toThrow('can not be converted to a Integer');
  });

  test.each<[string, unknown, string]>([
    ['a list instead of members', [], 'LIST_VALUE can not be converted to a Structure'],
    [
      'a number instead of a text',
      { ...good, Name: 1 },
      "NUMBER_VALUE can not be converted to a String at 'name'",
    ],
    ['half a number', { ...good, Size: 0.5 }, "NUMBER_VALUE can not be converted to a Integer at 'size'"],
    [
      'a text instead of a boolean',
      { ...good, Enabled: 'yes' },
      "can not be converted to a Boolean at 'enabled'",
    ],
    [
      'a structure instead of a list',
      { ...good, Routes: {} },
      "STRUCTURE_VALUE can not be converted to a List at 'routes'",
    ],
    ['a list instead of a map', { ...good, Tags: [] }, "LIST_VALUE can not be converted to a Map at 'tags'"],
    ['an item of the wrong type', { ...good, Routes: [{ weight: '1' }] }, "at 'routes.1.member.weight'"],
    ['a value of the wrong type', { ...good, Tags: { a: 1 } }, "at 'tags.a.member'"],
  ])('not from %s', (_, members, message) => {
    expect(() => read(members)).toThrow(expect.objectContaining({ kind: 'unreadable' }));
    expect(() => read(members)).toThrow(message);
  });

  test('not when members are missing: AWS names all of them', () => {
    const message =
      "2 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must not be null; " +
      "Value null at 'size' failed to satisfy constraint: Member must not be null";
    expect(() => read({})).toThrow(expect.objectContaining({ kind: 'invalid', message }));
    expect(() => read({ ...good, Config: {} })).toThrow("Value null at 'config.logLevel'");
  });
});

const failed = 'failed to satisfy constraint: Member must';
test.each<[string, object, string]>([
  ['too short', { Name: '' }, `Value '' at 'name' ${failed} have length greater than or equal to 1`],
  ['too long', { Name: 'abcdef' }, `Value 'abcdef' at 'name' ${failed} have length less than or equal to 5`],
  [
    'only a partial match of the pattern',
    { Name: 'ab1' },
    `Value 'ab1' at 'name' ${failed} satisfy regular expression pattern: [a-z]+`,
  ],
  ['too small', { Size: 0 }, `Value '0' at 'size' ${failed} have value greater than or equal to 1`],
  ['too large', { Size: 11 }, `Value '11' at 'size' ${failed} have value less than or equal to 10`],
  [
    'not in the enum',
    { Mode: 'active' },
    `Value 'active' at 'mode' ${failed} satisfy enum value set: [Active, PassThrough]`,
  ],
  ['not one of the numbers', { Days: 2 }, `Value '2' at 'days' ${failed} satisfy enum value set: [1, 7]`],
  ['secret', { Secret: 'abcd' }, `Value at 'secret' ${failed} have length less than or equal to 3`],
  [
    'nested',
    { Config: { LogLevel: 'x' } },
    `Value 'x' at 'config.logLevel' ${failed} satisfy enum value set: [INFO, WARN]`,
  ],
  [
    'a list without items',
    { Routes: [] },
    `Value '[]' at 'routes' ${failed} have length greater than or equal to 1`,
  ],
  [
    'in an item',
    { Routes: [{ weight: 1 }, { weight: 101 }] },
    `Value '101' at 'routes.2.member.weight' ${failed} have value less than or equal to 100`,
  ],
  [
    'in a map',
    { Tags: { a: 'abc' } },
    `Value 'abc' at 'tags.a.member' ${failed} have length less than or equal to 2`,
  ],
])('a value that is %s violates a constraint, in the words of AWS', (_, members, text) => {
  expect(violation(members)).toBe(text);
});

test('values that satisfy all constraints violate none', () => {
  expect(
    violation({ Mode: 'Active', Days: 7, Secret: 'abc', Tags: { a: 'ab' }, Routes: [{ weight: 100 }] }),
  ).toBeUndefined();
});

describe('the method of an operation', () => {
  const api = {
    invalid: 'ValidationException',
    requests: { Create: request, List: structure({}, { Limit: integer({ range: [1, 2] }) }) },
  };

  test('refuses a violation with the code of its service, before it does anything', () => {
    const run = jest.fn();
    const create = operation(api, 'Create', run);
    expect(() => create({ ...good, Size: 0 })).toThrow(
      new AwsError(
        'ValidationException',
        `1 validation error detected: Value '0' at 'size' ${failed} have value greater than or equal to 1`,
      ),
    );
    expect(run).not.toHaveBeenCalled();
  });

  test('needs no request when no member is required', () => {
    expect(operation(api, 'List', (asked) => asked)()).toEqual({});
  });
});
