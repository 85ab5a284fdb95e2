/** Every example of docs/typed-asl.md, compiled: the page shows the real errors of the compiler. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled, IMPORT, root } from './compiled';

const examples = examplesOf(readFileSync(join(root, 'docs/typed-asl.md'), 'utf8'));
let errors: Map<number, string>;

beforeAll(() => {
  errors = compile(examples.map(({ code }) => code));
});

test.each(examples.map((example, index) => ({ ...example, index })))(
  '$heading: example $index',
  ({ index, shown }) => {
    expect(errors.get(index) ?? '').toBe(shown);
  },
);

test('an error has the place of the wrong word', () => {
  const example = examples.findIndex(({ code }) => code.includes("'HandelError'"));
  const [line, column] = (errors.get(example) ?? '').split(/\D+/, 3).slice(1).map(Number);
  const text = examples[example]?.code.split('\n')[(line ?? 0) - 1] ?? '';
  expect(text.slice((column ?? 0) - 1)).toMatch(/^Next: 'HandelError'/);
});

interface Example {
  readonly heading: string;
  readonly code: string;
  /** The errors on the page; empty when the example compiles. */
  readonly shown: string;
}

/** The `ts` blocks of a page, each with the `text` block that follows it. */
function examplesOf(page: string): Example[] {
  return page.split(/^#+ /m).flatMap((section) => {
    const heading = section.slice(0, section.indexOf('\n'));
    return [...section.matchAll(/```ts\n(.*?)```\n(?:\n```text\n(.*?)```)?/gs)].map(
      ([, code = '', shown = '']) => ({ heading, code, shown }),
    );
  });
}

/** Compiles each text as its own file; returns the errors of the nth one in the form of the page. */
function compile(codes: readonly string[]): Map<number, string> {
  // The import is below the example, so that the line numbers match the page.
  const files = Object.fromEntries(codes.map((code, index) => [`${index}.ts`, `${code}\n${IMPORT}\n`]));
  try {
    return errorsByFile(compiled(files, '--pretty', 'false'));
  } catch (error) {
    return errorsByFile((error as { stdout: string }).stdout);
  }
}

/** `7.ts(3,14): error TS2820: …` becomes `line 3, column 14: …` of example 7; indented lines belong to it. */
function errorsByFile(output: string): Map<number, string> {
  const errors = new Map<number, string>();
  let file = 0;
  for (const line of output.trimEnd().split('\n')) {
    const [, name, row, column, message] = /^(\d+)\.ts\((\d+),(\d+)\): error TS\d+: (.*)$/.exec(line) ?? [];
    if (name !== undefined) file = Number(name);
    const shown = name === undefined ? line : `line ${row}, column ${column}: ${message}`;
    errors.set(file, `${errors.get(file) ?? ''}${shown}\n`);
  }
  return errors;
}
