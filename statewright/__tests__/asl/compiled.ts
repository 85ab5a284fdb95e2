import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The folder of the repository. */
export const root = resolve(__dirname, '../../..');

/** The import of `defineStateMachine`, from a file in any folder. */
export const IMPORT = `import { defineStateMachine } from '${root}/statewright/src/asl/define-state-machine';`;

/**
 * Compiles TypeScript files in a folder of their own, with the options of this repository.
 * @param files the text of each file, by its name
 * @returns what the compiler prints
 * @throws Error with that in `stdout`, if the compiler finds an error
 */
export function compiled(files: Readonly<Record<string, string>>, ...options: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'compiled-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const settings = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { types: [] },
      include: ['*.ts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    const args = [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', ...options, '-p', '.'];
    return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
