import { call, refusal } from './call';

const LONG = 'x'.repeat(10_000);
const TOO_LONG = `${LONG}x`;

describe('Base64', () => {
  test.each([
    ['', ''],
    ['plain text', 'cGxhaW4gdGV4dA=='],
    ['größe ✓', 'Z3LDtsOfZSDinJM='],
    ['???>>>', 'Pz8/Pj4+'],
  ])('%j is %s, and back', (text, encoded) => {
    expect(call('States.Base64Encode($)', JSON.stringify(text))).toBe(JSON.stringify(encoded));
    expect(call('States.Base64Decode($)', JSON.stringify(encoded))).toBe(JSON.stringify(text));
  });

  test('characters of another alphabet are ignored', () => {
    expect(call("States.Base64Decode(' cGxh\naW4= ')")).toBe('"plain"');
  });

  test.each(['States.Base64Encode', 'States.Base64Decode'])('%s takes 10,000 characters', (name) => {
    expect(call(`${name}($)`, `"${LONG}"`)).toMatch(/^"/);
    expect(call(`${name}($)`, JSON.stringify('😀'.repeat(10_000)))).toMatch(/^"/);
    expect(refusal(`${name}($)`, `"${TOO_LONG}"`)).toBe(`Invalid arguments in ${name}`);
    expect(refusal(`${name}($)`, '123')).toBe(`Invalid arguments in ${name}`);
  });
});

describe('States.Hash', () => {
  test.each([
    ['MD5', '900150983cd24fb0d6963f7d28e17f72'],
    ['SHA-1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['SHA-256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ])('%s of "abc"', (algorithm, digest) => {
    expect(call(`States.Hash('abc', '${algorithm}')`)).toBe(`"${digest}"`);
  });

  test.each([
    ['SHA-384', 96],
    ['SHA-512', 128],
  ])('%s has %i digits', (algorithm, length) => {
    expect(call(`States.Hash('abc', '${algorithm}')`)).toHaveLength(length + 2);
  });

  test('hashes the text of other values', () => {
    expect(call("States.Hash(123, 'MD5')")).toBe(call("States.Hash('123', 'MD5')"));
    expect(call("States.Hash($, 'MD5')", '{"a":1}')).toBe(call("States.Hash('\\{a=1\\}', 'MD5')"));
  });

  test.each(["'abc', 'SHA256'", "'abc', 'sha-256'", "'abc', ''", "'abc', 1", "$, 'MD5'"])(
    'rejects %s',
    (values) => {
      expect(refusal(`States.Hash(${values})`, `"${TOO_LONG}"`)).toBe('Invalid arguments in States.Hash');
    },
  );
});

test('States.UUID returns an id from the source of ids', () => {
  expect(call('States.UUID()')).toBe('"11111111-2222-4333-8444-555555555555"');
});
