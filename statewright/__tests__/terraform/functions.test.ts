/** The values in expressions.json are those of the real terraform (version 1.11). */
import { LITERALS } from '../../src/terraform/evaluate';
import { evaluateArgument } from '../../src/terraform/evaluate-argument';
import { functions } from '../../src/terraform/functions';
import table from './expressions.json';

const expressions = Object.keys(table);

test.each(Object.entries(table))('%s is %j', (expression, value) => {
  const json = evaluateArgument(`\${jsonencode(${expression})}`, LITERALS, 'output.o') as string;

  expect(JSON.parse(json)).toEqual(value);
});

test('every function that needs no file, time or chance has a value in the table', () => {
  const elsewhere =
    /^(?:abspath|file|pathexpand|plantimestamp|timestamp|uuid$|base64gzip|ephemeral|issensitive)/;
  const missing = Object.keys(functions).filter(
    (name) => !elsewhere.test(name) && !expressions.some((each) => each.includes(`${name}(`)),
  );
  expect(missing).toEqual([]);
});
