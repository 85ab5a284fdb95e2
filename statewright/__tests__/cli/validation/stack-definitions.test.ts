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
