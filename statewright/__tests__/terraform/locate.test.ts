import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { locate } from '../../src/terraform/locate';

const folder = mkdtempSync(join(tmpdir(), 'locate-'));
const write = (path: string, lines: readonly string[]) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), lines.join('\n'));
};

beforeAll(() => {
  write('a.tf', ['locals {', '  first = 1', '}', 'variable "size" {', '  type = number', '}']);
  write('main.tf', [
    '# A comment',
    'resource "aws_sqs_queue" "orders" {',
    '  name = <<-EOF',
    '    orders',
    '  EOF',
    '  redrive { }',
    '}',
    'locals {',
    '  second = 2',
    '}',
    'data "archive_file" "code" {',
    '  type = "zip"',
    '}',
    'module "inner" {',
    '  source = "./modules/inner"',
    '  size   = 1',
    '}',
    'module "installed" {',
    '  source = "example/installed/aws"',
    '}',
  ]);
  write('modules/inner/main.tf', [
    'output "arn" {',
    '  value = 1',
    '}',
    'module "deep" {',
    '  source = "../deep"',
    '}',
  ]);
  write('modules/deep/main.tf', ['resource "aws_iam_role" "r" {}']);
  write('.terraform/modules/modules.json', [
    '{"Modules":[{"Key":"installed","Source":"example/installed/aws","Dir":".terraform/modules/installed"}]}',
  ]);
  write('.terraform/modules/installed/role.tf', ['', 'resource "aws_iam_role" "r" {}']);
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['aws_sqs_queue.orders', 'main.tf:2'],
  ['aws_sqs_queue.orders["a.b"].name', 'main.tf:3'],
  ['aws_sqs_queue.orders.name: ./states.json', 'main.tf:3'],
  ['aws_sqs_queue.orders[0].redrive[0].target', 'main.tf:6'],
  ['aws_sqs_queue.orders.missing', 'main.tf:2'],
  ['data.archive_file.code.type', 'main.tf:12'],
  ['local.first', 'a.tf:2'],
  ['local.second', 'main.tf:9'],
  ['var.size', 'a.tf:4'],
  ['module.inner.source', 'main.tf:15'],
  ['module.inner.size', 'main.tf:16'],
  ['module.inner.output.arn.value', 'modules/inner/main.tf:2'],
  ['module.inner["x"].module.deep.aws_iam_role.r.name', 'modules/deep/main.tf:1'],
  ['module.installed.aws_iam_role.r', '.terraform/modules/installed/role.tf:2'],
  ['aws_sqs_queue.other', undefined],
  ['local.third', undefined],
  ['values: data.x.y', undefined],
])('%s is at %s', (place, expected) => {
  const found = locate(folder, place);

  expect(found && relative(folder, found)).toBe(expected);
});

test('in a folder without HCL nothing is found', () => {
  expect(locate(join(folder, 'none'), 'aws_sqs_queue.orders')).toBeUndefined();
});
