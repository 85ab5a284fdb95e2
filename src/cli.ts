/** The commands behind the npm scripts: `node --import tsx src/cli.ts COMMAND [options]`. */
import { nearest } from './asl';
import { type Command, helpText, parseOptions } from './commands/command';
import { createTerminal, renderError } from './report/terminal';
import { UserError } from './user-error';

/** Each is loaded when it is asked for: what one needs, another need not wait for. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start')).start,
  diagram: async () => (await import('./commands/diagram')).diagram,
  local: async () => (await import('./commands/local')).local,
  'local:env': async () => (await import('./commands/local-environment')).localEnv,
  'deploy:local': async () => (await import('./commands/cdktf-local')).deployLocal,
  'diff:local': async () => (await import('./commands/cdktf-local')).diffLocal,
  'destroy:local': async () => (await import('./commands/cdktf-local')).destroyLocal,
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
