import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { definitionsInStack } from '../../../src/cli/validation/stack-definitions';
import { dotnetStack } from '../dotnet-stack';

test('functions are not prepared to run: there is no warning of a runtime that this machine does not have', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'definitions-'));
  writeFileSync(join(folder, 'main.tf'), dotnetStack);
  const warnings = jest.spyOn(process, 'emitWarning').mockReturnValue();

  expect(await definitionsInStack(folder)).toMatchObject([{ name: 'm', type: 'STANDARD' }]);
  await new Promise(setImmediate);

  expect(warnings).not.toHaveBeenCalled();
  warnings.mockRestore();
  rmSync(folder, { recursive: true });
});

test('the code of functions need not exist', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'definitions-'));
  const unbuilt = dotnetStack
    .replace('data.archive_file.f.output_path', '"dist/f.zip"\n  publish = true')
    .replace('= "A",', '= "A", Comment = aws_lambda_function.f.qualified_arn,');
  writeFileSync(join(folder, 'main.tf'), unbuilt);

  const [machine] = await definitionsInStack(folder);

  expect(JSON.parse(machine?.definition ?? '')).toMatchObject({
    Comment: 'arn:aws:lambda:us-east-1:000000000000:function:f:1',
  });
  rmSync(folder, { recursive: true });
});
