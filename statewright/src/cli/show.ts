import { awsSource, createConsole, Recordings } from '../console';
import { Account } from '../local-aws/account';
import { startServer } from '../local-aws/server';
import { UserError } from '../user-error';
import { readHistories } from '../verify/replay/history-files';
import { newAccessKey } from './access-key';
import { definitionOptions, definitionOrStack, readDefinition } from './chosen-definition';
import type { Command } from './command';
import { callOf } from './invocation';
import { portOption, readPort } from './local-environment';
import { machineChoice } from './machine';
import { readRecording, recordingsOf } from './recorded-console';
import { stopSignal } from './stop-signal';
import { asUserError } from './system-error';
import { createTerminal, Progress } from './terminal';

/** Shows recorded executions in the console. */
export const show: Command = {
  usage: 'statewright show HISTORY...|DIR',
  description: 'Shows recorded executions in the console: diagram, timeline, states, events and payloads.',
  maxOperands: Number.POSITIVE_INFINITY,
  options: {
    ...definitionOptions,
    port: { ...portOption, description: 'The port of the console (default: any that is free)' },
  },
  notes: [
    [
      'HISTORY is what `aws stepfunctions get-execution-history` prints, or an execution log. Without --definition it uses',
      'the one that statewright pull wrote next to it, or draws what the execution visited.',
    ].join('\n'),
    'The console listens on this machine only, until Ctrl-C.',
  ],
  async run(values, operands) {
    if (operands.length === 0) {
      throw new UserError('The history is missing.', `Such as: ${callOf('show', 'history.json')}`);
    }
    const port = values.port === undefined ? 0 : readPort(values, 0);
    const stopped = stopSignal();
    const terminal = createTerminal();
    const executions = readHistories(...operands);
    const definition =
      values.definition === undefined
        ? undefined
        : await readDefinition(definitionOrStack(machineChoice(values, [])), new Progress(terminal));
    const account = new Account();
    const recordings = new Recordings(readRecording);
    const source = recordings.in(awsSource(account));
    const text = definition && JSON.stringify(definition.definition);
    recordings.add(
      source,
      executions.flatMap((execution) => recordingsOf(execution, text)),
    );
    const pages = createConsole(source);
    const server = await startServer(account, {
      port,
      accessKeyOf: newAccessKey,
      pages: (request) => pages.fetch(request),
    }).catch((error) => {
      throw asUserError(error, 'The console cannot listen');
    });
    try {
      terminal.write(
        `${executions.length === 1 ? 'The execution' : `${executions.length} executions`}: ${server.consoleUrl}\n`,
      );
      terminal.write('Ctrl-C ends the console.\n');
      await stopped;
    } finally {
      await Promise.all([server.close(), account.close()]);
    }
    return 0;
  },
};
