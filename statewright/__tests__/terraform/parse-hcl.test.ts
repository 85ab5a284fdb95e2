/** Files in HCL, as the same configuration in Terraform JSON. The values are those of the real terraform (version 1.11). */
import { LITERALS } from '../../src/terraform/evaluate';
import { evaluateArgument } from '../../src/terraform/evaluate-argument';
import { parseHcl } from '../../src/terraform/parse-hcl';
import type { Value } from '../../src/terraform/value';

const parsed = (text: string) => parseHcl(text, 'main.tf');

/** The value of an expression in HCL. */
const valueIn = (expression: string): Value => {
  const { a = null } = parsed(`a = ${expression}\n`);
  return evaluateArgument(a, LITERALS, 'a');
};

test('blocks are objects by their labels; several of one name are a list', () => {
  const text = `
    # A comment
    resource "aws_sqs_queue" "a" {
      name = "a" // another
      tags = { x = 1, "y" = 2 }
      redrive { /* and another */ count = 1 }
      redrive { count = 2 }
      dynamic "rule" {
        for_each = ["x"]
        content { name = rule.value }
      }
    }
    resource aws_sqs_queue b { name = aws_sqs_queue.a.name }
    locals { one = 1 }
    locals { two = -2 }
  `;
  expect(parsed(text)).toEqual({
    resource: {
      aws_sqs_queue: {
        a: {
          name: `\${"a"}`,
          tags: `\${{ x = 1, "y" = 2 }}`,
          redrive: [{ count: 1 }, { count: 2 }],
          dynamic: { rule: { for_each: `\${["x"]}`, content: { name: `\${rule.value}` } } },
        },
        b: { name: `\${aws_sqs_queue.a.name}` },
      },
    },
    locals: [{ one: 1 }, { two: `\${-2}` }],
  });
});

test('the default of a variable is its value, since it is not a template in JSON', () => {
  const text = 'variable "a" {\n type = object({ b = string })\n default = { b = "x" }\n}';
  expect(parsed(text)).toEqual({
    variable: { a: { type: `\${object({ b = string })}`, default: { b: 'x' } } },
  });
});

test.each<[string, Value]>([
  ['"a"', 'a'],
  ['[\n  1,\n  2, # two\n]', [1, 2]],
  ['{\n  a = 1 # one\n  b = 2\n}', { a: 1, b: 2 }],
  ['[for key in ["x"] : { (key) = 1, key = 2 }]', [{ x: 1, key: 2 }]],
  ['(\n  1 +\n  2\n)', 3],
  ['<<EOT\n  a\n    b \\n "q"\nEOT', '  a\n    b \\n "q"\n'],
  ['[<<EOT\nx\nEOT\n, "y"]', ['x\n', 'y']],
  [
    `<<-EOT\n      one\n    %{ if true ~}\n      two\n\n    three \${"x"}\n    %{ endif }\n      four\n  EOT`,
    '  one\n      two\n\nthree x\n\n  four\n',
  ],
  [`<<-EOT\n\n      x\n        \${"y"}\n    EOT`, '\nx\n  y\n'],
  [`<<-EOT\n    \${"y"}\n      z\n    EOT`, 'y\n  z\n'],
  [`<<-EOT\n    %{ for x in [1, 2] }\n    - \${x}\n    %{ endfor }\n    end\n  EOT`, '\n- 1\n\n- 2\n\nend\n'],
])('%j is %j', (expression, value) => {
  expect(valueIn(expression)).toEqual(value);
});

test.each([
  ['a =', 'main.tf: Expected an expression at column 4'],
  ['resource "a" {', 'main.tf: Expected } at column'],
  ['resource "a" "b" = 1', 'main.tf: Expected =, { or a label at column'],
  ['}', 'main.tf: Expected an argument or a block at column 1'],
  ['a = "x\nb = "y"\n', 'main.tf: A string has no end in its line at line 1, column 5'],
  ['a = <<EOT\nx', 'main.tf: Expected EOT at line 2, column 1'],
  [`a = ${'['.repeat(250)}`, 'main.tf: Nested too deeply: more than 200 levels at column 205'],
  [`a = ${'!'.repeat(250)}`, 'main.tf: Nested too deeply'],
  [`a = ${'true ? 1 : '.repeat(250)}`, 'main.tf: Nested too deeply'],
  ['b {\n'.repeat(250), 'main.tf: Nested too deeply'],
])('%j is an error with its place', (text, message) => {
  expect(() => parsed(text)).toThrow(message);
});
