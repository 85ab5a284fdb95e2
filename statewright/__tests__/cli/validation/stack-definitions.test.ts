import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { definitionsInStack } from '../../../src/cli/validation/stack-definitions';

const configuration = `
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
data "archive_file" "f" {
  type                    = "zip"
  source_content          = "x"
  source_content_filename = "x"
  output_path             = "f.zip"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
  runtime       = "dotnet8"
  handler       = "F::F::Handle"
  filename      = data.archive_file.f.output_path
}
resource "aws_sfn_state_machine" "m" {
  name       = "m"
  role_arn   = aws_iam_role.r.arn
  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Succeed" } } })
}
`;

test('functions are not prepared to run: there is no warning of a runtime that this machine does not have', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'definitions-'));
  writeFileSync(join(folder, 'main.tf'), configuration);
  const warnings = jest.spyOn(process, 'emitWarning').mockReturnValue();

  expect(await definitionsInStack(folder)).toMatchObject([{ name: 'm', type: 'STANDARD' }]);
  await new Promise(setImmediate);

  expect(warnings).not.toHaveBeenCalled();
  warnings.mockRestore();
  rmSync(folder, { recursive: true });
});

test('the code of functions need not exist', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'definitions-'));
  const unbuilt = configuration
    .replace('data.archive_file.f.output_path', '"dist/f.zip"\n  publish = true')
    .replace('= "A",', '= "A", Comment = aws_lambda_function.f.qualified_arn,');
  writeFileSync(join(folder, 'main.tf'), unbuilt);

  const [machine] = await definitionsInStack(folder);

  expect(JSON.parse(machine?.definition ?? '')).toMatchObject({
    Comment: 'arn:aws:lambda:us-east-1:000000000000:function:f:1',
  });
  rmSync(folder, { recursive: true });
});
