import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of the package. */
export function version(): string {
  // From src/cli as from dist/cli.
  return JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')).version;
}
