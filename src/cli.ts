/** The commands behind the npm scripts: `node --import tsx src/cli.ts COMMAND [options]`. */
import { nearest } from './asl';
import { deployLocal, destroyLocal, diffLocal } from './commands/cdktf-local';
import { type Command, helpText, parseOptions } from './commands/command';
import { diagram } from './commands/diagram';
import { local } from './commands/local';
import { localEnv } from './commands/local-environment';
import { start } from './commands/start';
import { createTerminal, renderError } from './report/terminal';
import { UserError } from './user-error';

const commands: Readonly<Record<string, Command>> = {
  start,
  diagram,
  local,
  'local:env': localEnv,
  'deploy:local': deployLocal,
  'diff:local': diffLocal,
  'destroy:local': destroyLocal,
};

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const near = nearest(name, Object.keys(commands));
    throw new UserError(
      `Unknown command "${name}".`,
      near ? `Did you mean ${near}?` : `The commands are ${Object.keys(commands).join(', ')}.`,
    );
  }
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
