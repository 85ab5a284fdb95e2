import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeWith } from '../../support/tools';
import { RunningDev } from '../running-dev';

jest.setTimeout(60_000);

describeWith(['python'], 'statewright dev in a Python project in HCL', () => {
  let folder: string;
  let dev: RunningDev;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dev-python-'));
    process.env.XDG_STATE_HOME = join(folder, '.state');
  });
  afterAll(async () => {
    await dev?.stop();
    delete process.env.XDG_STATE_HOME;
    rmSync(folder, { recursive: true });
  });

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  test('the code of a function is loaded again, with the modules that it imports', async () => {
    write('functions/price/app.py', PRICE);
    write('functions/price/shop/prices.py', 'PRICES = {"book": 12}\n');
    write('states.asl.json', DEFINITION);
    write('main.tf', CONFIGURATION);
    dev = new RunningDev(folder);
    await dev.started();
    const price = () => dev.run('orders', { item: 'book' }, 'eu-west-1');
    expect(await price()).toMatchObject({ status: 'SUCCEEDED', output: '12' });

    write('functions/price/shop/prices.py', 'PRICES = {"book": 15}\n');
    await dev.prints(/shop\/prices\.py\n {2}✓ Lambda function price: code/);
    expect(await price()).toMatchObject({ output: '15' });

    write('functions/price/app.py', PRICE.replace('PRICES[', 'PRICE['));
    await dev.prints(/price\/app\.py\n {2}✓ Lambda function price: code/);
    expect(await price()).toMatchObject({ status: 'FAILED', error: 'NameError' });

    write('functions/price/shop/vat.py', 'def with_vat(price):\n    return price * 2\n');
    write('functions/price/app.py', WITH_VAT);
    await dev.prints(/✓ Lambda function price: code/);
    expect(await price()).toMatchObject({ status: 'SUCCEEDED', output: '30' });

    write('main.tf', CONFIGURATION.replace('timeout       = 5', 'timeout       = 9'));
    await dev.prints(/main\.tf\n {2}✓ Lambda function price: timeout/);
  });
});

const PRICE = `from shop.prices import PRICES


def handler(event, context):
    return PRICES[event["item"]]
`;

const WITH_VAT = `from shop.prices import PRICES
from shop.vat import with_vat


def handler(event, context):
    return with_vat(PRICES[event["item"]])
`;

const DEFINITION = `{
  "StartAt": "Price",
  "States": { "Price": { "Type": "Task", "Resource": "\${price}", "End": true } }
}`;

const trust = (service: string) =>
  `jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "${service}.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })`;

const CONFIGURATION = `
provider "aws" {
  region = "eu-west-1"
}
data "archive_file" "price" {
  type        = "zip"
  source_dir  = "\${path.module}/functions/price"
  output_path = "\${path.module}/build/price.zip"
}
resource "aws_iam_role" "function" {
  name               = "function"
  assume_role_policy = ${trust('lambda')}
}
resource "aws_iam_role" "machine" {
  name               = "machine"
  assume_role_policy = ${trust('states')}
}
resource "aws_iam_role_policy" "machine" {
  role = aws_iam_role.machine.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.price.arn }]
  })
}
resource "aws_lambda_function" "price" {
  function_name = "price"
  handler       = "app.handler"
  runtime       = "python3.12"
  timeout       = 5
  role          = aws_iam_role.function.arn
  filename      = data.archive_file.price.output_path
}
resource "aws_sfn_state_machine" "orders" {
  name       = "orders"
  type       = "EXPRESS"
  role_arn   = aws_iam_role.machine.arn
  definition = templatefile("\${path.module}/states.asl.json", { price = aws_lambda_function.price.arn })
}
`;
