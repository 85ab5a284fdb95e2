import { once } from 'node:events';
import { UserError } from '../user-error';
import { type Command, textOf } from './command';
import { stopSignal } from './stop-signal';
import { version } from './version';

/** Serves tools to agents and editors, over standard input and output. */
export const mcp: Command = {
  usage: 'statewright mcp',
  description:
    'Serves tools to agents and editors (Model Context Protocol): validate, run and test state machines, read histories.',
  options: {
    'time-limit': {
      type: 'string',
      value: 'SECONDS',
      description: 'The longest time that a call of a tool may take (default: 30)',
    },
  },
  notes: [
    [
      'An agent or an editor starts it in the folder of a project, and talks to it over standard input and output. It reads',
      'files in this folder only, writes none, and calls no service.',
    ].join('\n'),
    '  claude mcp add statewright -- npx statewright mcp',
  ],
  async run(values) {
    const seconds = secondsOf(textOf(values['time-limit']) ?? '30');
    const { createMcpServer } = require('./mcp/server') as typeof import('./mcp/server');
    const { StdioServerTransport } = require('./mcp/sdk') as typeof import('./mcp/sdk');
    const { inThread } = require('./mcp/thread') as typeof import('./mcp/thread');
    const ended = Promise.race([stopSignal(), once(process.stdin, 'close')]);
    const server = createMcpServer({
      version: version(),
      work: (name, args, signal) => inThread({ name, args }, { seconds, signal }),
      onDefect: (error) => process.stderr.write(`${error instanceof Error ? error.stack : error}\n`),
    });
    if (process.stdin.isTTY) {
      process.stderr.write('This is for an agent or an editor, which starts it itself. Ctrl-C ends it.\n');
    }
    await server.connect(new StdioServerTransport());
    await ended;
    // Calls that are still running are of no use to anybody.
    await server.close();
    process.exit(0);
  },
};

function secondsOf(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new UserError(
    `--time-limit ${text} is not a number of seconds.`,
    'From 1 to 99999, such as --time-limit 120',
  );
}
