import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiRuntime, programNotFound } from './api-runtime';
import { warnOfOtherVersion } from './other-version';
import { firstProgram, readTwoLines } from './probe';

const BOOTSTRAP = join(__dirname, 'bootstrap.rb');

const probe = { args: ['-e', 'puts RbConfig.ruby, RUBY_VERSION'], read: readTwoLines };

/**
 * Ruby functions are run by the Ruby of the same minor version, or by any.
 * @throws UnavailableRuntime when none is found
 */
export async function rubyRuntime(identifier: string): Promise<ApiRuntime> {
  const commands = [identifier, 'ruby'];
  const program = await firstProgram(commands, probe);
  if (program === undefined) {
    throw programNotFound(identifier, commands, 'Install Ruby, or add it to the PATH.');
  }
  warnOfOtherVersion(identifier, `ruby${program.version}`, 'Ruby');
  return {
    version: `ruby:${program.version}`,
    launch: ({ handler, folder, variables }) => {
      const gemfile = join(folder, 'Gemfile');
      return {
        command: program.path,
        args: [BOOTSTRAP, handler],
        variables: {
          GEM_PATH: [...gemFolders(folder), ...(variables.GEM_PATH ? [variables.GEM_PATH] : [])].join(':'),
          ...(existsSync(gemfile) && { BUNDLE_GEMFILE: variables.BUNDLE_GEMFILE ?? gemfile }),
        },
      };
    },
  };
}

/** Gems in the package, where `bundle install --deployment` puts them: a folder for each version of Ruby. */
function gemFolders(folder: string): string[] {
  const vendor = join(folder, 'vendor', 'bundle', 'ruby');
  return existsSync(vendor) ? readdirSync(vendor).map((version) => join(vendor, version)) : [];
}
