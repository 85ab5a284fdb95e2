// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.

import {
  type Body,
  membersOf,
  parseHclConfiguration,
  plainText,
} from '../../../src/cli/terraform-guard/body';
import { parseJsonConfiguration } from '../../../src/cli/terraform-guard/json-configuration';
import { ExpressionSyntaxError } from '../../../src/terraform/errors';
import type { Expression } from '../../../src/terraform/expression';

const parseHcl = (text: string) => parseHclConfiguration(text, 'main.tf');
const parseJson = (configuration: unknown) =>
  parseJsonConfiguration(JSON.stringify(configuration), 'main.tf.json');

/** As plain values: `=` for what only Terraform can evaluate. */
function show({ attributes, blocks }: Body): object {
  return {
    ...Object.fromEntries([...attributes].map(([name, value]) => [name, showValue(value)])),
    ...(blocks.length > 0 && {
      blocks: blocks.map(({ type, labels, body }) => [type, ...labels, show(body)]),
    }),
  };
}

function showValue(value: Expression): unknown {
  const members = membersOf(value);
  return members
    ? Object.fromEntries([...members].map(([name, each]) => [name, showValue(each)]))
    : (plainText(value) ?? '=');
}

describe('parseHcl', () => {
  test.each([
    ['a text', 'a = "x"', { a: 'x' }],
    ['escapes', 'a = "\\"\\n\\u00e9$${b}"', { a: '"\né${b}' }],
    ['a template', 'a = "x-${b["}"]}"', { a: '=' }],
    ['comments', '# b = 1\n// }\n/* {\n */ a = "x" # "\nc = /* } */ "y" // z', { a: 'x', c: 'y' }],
    ['Windows line ends and a byte order mark', '\uFEFFa = "x"\r\nb = "y"\r\n', { a: 'x', b: 'y' }],
    ['brackets over lines', 'a = [\n  "}",\n  (1 +\n 2) # ]\n]\nb = "y"', { a: '=', b: 'y' }],
    ['a heredoc', 'a = <<EOT\nbackend "http" {\nEOTX\n${"EOT"}\n  EOT\nb = "y"', { b: 'y' }],
    ['a heredoc as an argument', 'a = f(<<-E_1\n")\nE_1\n)\nb = "y"', { b: 'y' }],
    [
      'an object',
      'a = { b = "x", "c" : "y"\n d = { e = 1 } # }\n}',
      { a: { b: 'x', c: 'y', d: { e: '=' } } },
    ],
    ['an object with an index', 'a = { b = "x" }["b"]', { a: '=' }],
    ['a key that is an expression', 'a = { (b) = "x" }', { a: '=' }],
    ['a for expression', 'a = { for k, v in w : k => "${v}" if v != "" }\nb = "y"', { a: '=', b: 'y' }],
    ['comparisons', 'a = b == "c" ? 1 : 2', { a: '=' }],
  ])('reads %s', (_, text, expected) => {
    expect(show(parseHcl(text))).toMatchObject(expected);
  });

  test('reads blocks with labels, in one line and nested', () => {
    const text =
      'terraform {\n backend "s3" { bucket = "b" }\n}\ndata aws_x "y" {}\nresource "a" "b" {\n c {}\n d = 1\n}';
    expect(show(parseHcl(text))).toEqual({
      blocks: [
        ['terraform', { blocks: [['backend', 's3', { bucket: 'b' }]] }],
        ['data', 'aws_x', 'y', {}],
        ['resource', 'a', 'b', { d: '=', blocks: [['c', {}]] }],
      ],
    });
  });

  test.each([
    ['a block without an end', 'a {\n', 'main.tf: Expected } at line 2, column 1 of ""'],
    ['a brace too many', 'a {}\n}', 'main.tf: Expected an argument or a block at line 2, column 1 of "}"'],
    ['what is not HCL', '{"terraform": {}}', 'Expected an argument or a block at column 1'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseHcl(text)).toThrow(message);
  });
});

test('ends with a result or an error for every part of a file', () => {
  const text =
    'a "b" {\n c = { (d) = "e${f["g"]}" /* h */ }\n i = <<-J\n k\n J\n l = [for m in n : m] # o\n}\n';
  for (let start = 0; start < text.length; start++) {
    for (let end = start; end <= text.length; end++) {
      try {
        parseHcl(text.slice(start, end));
      } catch (error) {
        expect(error).toBeInstanceOf(ExpressionSyntaxError);
      }
    }
  }
});

describe('parseJsonConfiguration', () => {
  test.each([
    ['objects', { terraform: { backend: { s3: { bucket: 'b' } } } }],
    ['lists', { terraform: [{ required_version: '1' }, { backend: [{ s3: [{ bucket: 'b' }] }] }] }],
  ])('reads blocks written as %s', (_, configuration) => {
    const { blocks } = parseJson(configuration);
    const settings = blocks
      .flatMap(({ body }) => body.blocks)
      .map(({ type, labels, body }) => [type, labels, show(body)]);
    expect(settings).toEqual([['backend', ['s3'], { bucket: 'b' }]]);
  });

  test('reads anything but plain text as an expression', () => {
    const data = {
      terraform_remote_state: {
        x: { backend: 's3', workspace: '${terraform.workspace}', config: { key: 'a-${b}' } },
      },
    };
    expect(show(parseJson({ data }))).toEqual({
      blocks: [
        ['data', 'terraform_remote_state', 'x', { backend: 's3', workspace: '=', config: { key: '=' } }],
      ],
    });
  });
});
