import { join } from 'node:path';
import { UserError } from '../../user-error';
import { filesIn, readFile } from './configuration';
import { checkProvider } from './requests';

/**
 * Checks the files of `terraform test`: its runs keep their states in memory, except if a run has a backend.
 *
 * @param url of the local AWS
 * @throws UserError for a run with a backend, and for a provider that would bypass the local AWS
 */
export function checkTests(folder: string, url: string, directory = 'tests'): void {
  for (const place of [folder, join(folder, directory)]) {
    for (const name of filesIn(place).filter((name) => /\.(?:tf|tofu)test\.(?:hcl|json)$/.test(name))) {
      const { blocks } = readFile(join(place, name));
      for (const block of blocks) if (block.type === 'provider') checkProvider(block, url);
      const runs = blocks.filter(({ type }) => type === 'run');
      const run = runs.find(({ body }) => body.blocks.some(({ type }) => type === 'backend'));
      if (run === undefined) continue;
      throw new UserError(
        `The run "${run.labels[0]}" in ${join(place, name)} keeps its state in a backend.`,
        'Leave out its backend block for tests with the local AWS.',
      );
    }
  }
}
