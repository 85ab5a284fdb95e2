/** Compiles the package when its sources have changed since: what is measured is what users install. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(dirname(fileURLToPath(import.meta.url)));
const changed = (path) => statSync(join(folder, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

const sources = readdirSync(join(folder, 'src'), { recursive: true }).map((path) => join('src', path));
// One of the first files that the build writes, and one of the last.
const built = Math.min(changed('dist/cli/main.js'), changed('asl.schema.json'));
if ([...sources, 'build.mjs', 'lazy-imports.cjs', 'package.json'].some((path) => changed(path) > built)) {
  const { status } = spawnSync(process.execPath, [join(folder, 'build.mjs')], { stdio: ['ignore', 2, 2] });
  process.exit(status ?? 1);
}
