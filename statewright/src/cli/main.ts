/** The commands behind the npm scripts: `node --import tsx statewright/src/cli/main.ts COMMAND [options]`. */
import { didYouMeanOneOf } from '../did-you-mean';
import { UserError } from '../user-error';
import { type Command, helpText, parseOptions } from './command';
import { createTerminal, renderError } from './terminal';

/** Each is loaded when it is asked for: what one needs, another need not wait for. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start')).start,
  diagram: async () => (await import('./diagram')).diagram,
  local: async () => (await import('./local')).local,
  'local:env': async () => (await import('./local-environment')).localEnv,
  'deploy:local': async () => (await import('./cdktf-local')).deployLocal,
  'diff:local': async () => (await import('./cdktf-local')).diffLocal,
  'destroy:local': async () => (await import('./cdktf-local')).destroyLocal,
};

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    throw new UserError(`Unknown command "${name}".`, didYouMeanOneOf(name, Object.keys(commands)));
  }
  const command = await load();
  const values = parseOptions(command, args);
  if (values.help) {
    process.stdout.write(helpText(command));
    return 0;
  }
  return command.run(values);
}

// Whoever reads the output may have seen enough: `… | head` closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    const terminal = createTerminal({ stream: process.stderr });
    terminal.write(renderError(error, error.hint, terminal));
    process.exitCode = 1;
  },
);
