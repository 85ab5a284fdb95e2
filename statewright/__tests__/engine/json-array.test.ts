import fc from 'fast-check';
import { elementTexts } from '../../src/engine/states/map/reader/json-array';

/** A text in pieces of so many characters. */
async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function elementsOf(text: string, size = 1): Promise<string[]> {
  const found: string[] = [];
  for await (const texts of elementTexts(pieces(text, size))) found.push(...texts);
  return found;
}

test('the elements of an array are those that JSON.parse finds, however the text is divided', async () => {
  const array = fc.array(fc.jsonValue());
  const spaces = fc.integer({ min: 0, max: 3 });
  await fc.assert(
    fc.asyncProperty(array, spaces, fc.integer({ min: 1, max: 40 }), async (value, indent, size) => {
      const text = ` ${JSON.stringify(value, null, indent)}\n`;
      const elements = await elementsOf(text, size);
      expect(elements.map((element) => JSON.parse(element))).toEqual(JSON.parse(text));
    }),
  );
});

test.each(['[1', '[1] 2', '[1][2]', '["a]', '[1}', '[[1]', '[1]]'])('%s is not an array', async (text) => {
  await expect(elementsOf(text)).rejects.toThrow(SyntaxError);
});

test.each(['[1,]', '[,1]', '[1,,2]'])('%s has an element that is not JSON', async (text) => {
  const elements = await elementsOf(text);
  expect(() => elements.map((element) => JSON.parse(element))).toThrow(SyntaxError);
});

test('others have their turn between the pieces', async () => {
  let most = 0;
  for await (const texts of elementTexts(pieces(JSON.stringify(Array(1000).fill(1)), 20)))
    most = Math.max(most, texts.length);
  expect(most).toBe(10);
});
