/** The commands behind the npm scripts: `node --import tsx statewright/src/cli/main.ts COMMAND [options]`. */
import { nearest } from '../asl';
import { UserError } from '../user-error';
import { type Command, helpText, parseOptions } from './command';
import { createTerminal, renderError } from './terminal';

/** Each is loaded when it is asked for: what one needs, another need not wait for. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start')).start,
  diagram: async () => (await import('./diagram')).diagram,
  local: async () => (await import('./local')).local,
  env: async () => (await import('./local-environment')).env,
  exec: async () => (await import('./exec')).exec,
};

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    const near = nearest(name, Object.keys(commands));
    throw new UserError(
      `Unknown command "${name}".`,
      near ? `Did you mean ${near}?` : `The commands are ${Object.keys(commands).join(', ')}.`,
    );
  }
  const command = await load();
  const end = command.operands === undefined ? -1 : args.indexOf('--');
  const values = parseOptions(command, end < 0 ? args : args.slice(0, end));
  if (values.help) {
    process.stdout.write(helpText(command));
    return 0;
  }
  return command.run(values, end < 0 ? [] : args.slice(end + 1));
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
