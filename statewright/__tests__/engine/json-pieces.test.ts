import fc from 'fast-check';
import { parseJson, stringifyJson } from '../../src/engine/data';
import { parseInPieces } from '../../src/engine/states/map/reader/json-pieces';

/** A text in pieces of so many characters. */
async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

const parsed = (text: string, size = 1000) => parseInPieces(pieces(text, size));

/** As a member of arrays and objects that are large enough to be parsed in parts. */
const inLarge = (text: string) => {
  const large = JSON.stringify('x'.repeat(20_000));
  return ` {"a": ${large} , "b\\"": [${large}, ${text} ] ,"__proto__" : {"c":{"d":[${text},${large}]}},"a":${text}}\n`;
};

test('the value is that of the whole text, however it is divided', async () => {
  const spaces = fc.integer({ min: 0, max: 3 });
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), spaces, fc.integer({ min: 1, max: 40 }), async (value, indent, size) => {
      const text = JSON.stringify(value, null, indent);
      expect(stringifyJson(await parsed(text, size))).toBe(stringifyJson(parseJson(text)));
      const large = inLarge(text);
      expect(stringifyJson(await parsed(large, size * 1000))).toBe(stringifyJson(parseJson(large)));
    }),
  );
});

test.each(['[]', '{}', '[[],{}]', '"\\\\"', '"\\""', '1.0', '12345678901234567890', 'null'])(
  '%s is read as it is',
  async (text) => {
    expect(stringifyJson(await parsed(text))).toBe(text);
    const large = inLarge(text);
    expect(stringifyJson(await parsed(large))).toBe(stringifyJson(parseJson(large)));
  },
);

test.each([
  '',
  '[1',
  '[1] 2',
  '[1][2]',
  '1,2',
  '1]',
  '["a]',
  '[1}',
  '[[1]',
  '[1]]',
  '[1,]',
  '[,1]',
  '[1,,2]',
  '[,]',
  '[1 2]',
  '{"a" 1}',
  '{"a":1,}',
  '{,"a":1}',
  '{1}',
  '{"a":1]',
  'nul',
  ']',
  '}',
  '[1]}',
  '{"a":[1}]',
])('%s is not JSON', async (text) => {
  // biome-ignore format: a list
  await expect(parsed(text)).rejects.toThrow(SyntaxError);
  await expect(parsed(inLarge(text))).rejects.toThrow(SyntaxError);
});

const LARGE = `[${JSON.stringify('x'.repeat(20_000))}]`;

test.each(
  [
    `[1 ${LARGE}]`,
    `[${LARGE} 1]`,
    `[${LARGE} ${LARGE}]`,
    `[,${LARGE}]`,
    `[${LARGE},]`,
    `[${LARGE},,1]`,
    `["a":${LARGE}]`,
    `{${LARGE}}`,
    `{"a" ${LARGE}}`,
    `{"a":1 "b":${LARGE}}`,
    `{"a":${LARGE} "b":${LARGE}}`,
    `${LARGE}${LARGE}`,
    `${LARGE},1`,
    `${LARGE}]`,
  ].map((text) => [text.replaceAll('x', ''), text]),
)('%s, with a long text, is not JSON', async (_, text) => {
  await expect(parsed(text)).rejects.toThrow(SyntaxError);
});

test('a text nested very deep is read', async () => {
  const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(stringifyJson(await parsed(text, 65_536))).toBe(text);
});

test('what has arrived is parsed before the next piece is read', async () => {
  const text = JSON.stringify({ a: { items: Array.from({ length: 100_000 }, (_, id) => ({ id })) } });
  const parse = jest.spyOn(JSON, 'parse');
  try {
    await parsed(text, 10_000);
    expect(Math.max(...parse.mock.calls.map(([part]) => part.length))).toBeLessThan(40_000);
  } finally {
    parse.mockRestore();
  }
});
