import { didYouMeanOneOf } from '../did-you-mean';
import { UserError } from '../user-error';
import { makeUserFolder } from '../user-file';
import { type Command, listOf, textOf } from './command';
import { StatesAccount } from './pull/account';
import { pullHistories, regionOfMachine } from './pull/pull';
import { Redaction } from './pull/redact';
import { sinceTime } from './pull/since';
import { counted, createTerminal, Progress } from './terminal';

const STATUSES = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'RUNNING', 'PENDING_REDRIVE'];

/** Fetches the histories of executions from an account. */
export const pull: Command = {
  usage: 'statewright pull',
  description: 'Fetches histories of executions from an AWS account, for statewright replay. It only reads.',
  options: {
    'state-machine': { type: 'string', value: 'ARN', description: 'The state machine' },
    out: { type: 'string', value: 'DIR', description: 'The folder for the files' },
    since: {
      type: 'string',
      value: 'TIME',
      description: 'Only executions that started after this time: 12h or 7d ago, or a date (default: 7d)',
    },
    status: {
      type: 'string',
      value: 'STATUS',
      description: `Only executions with this status: ${STATUSES.join(', ')} (default: all that have ended)`,
    },
    redact: {
      type: 'list',
      value: 'JSONPATH',
      description: "Replaces values before anything is written, such as '$.card' or '$..email'",
    },
  },
  notes: [
    [
      'It calls ListExecutions, GetExecutionHistory and DescribeStateMachineForExecution with your own credentials, as the',
      'AWS SDK finds them, and nothing else. It needs the package @aws-sdk/client-sfn in your project.',
    ].join('\n'),
    [
      '--redact looks in the input, the output and the parameters of every event. A value that it finds there is replaced',
      'wherever it occurs in the same execution and its child executions.',
    ].join('\n'),
    "  statewright pull --state-machine ARN --status FAILED --redact '$.card' --out histories",
  ],
  async run(values) {
    const arn = needed(values['state-machine'], '--state-machine ARN');
    const folder = needed(values.out, '--out DIR');
    const region = regionOfMachine(arn);
    const status = textOf(values.status);
    if (status !== undefined && !STATUSES.includes(status)) {
      throw new UserError(`Unknown status "${status}".`, didYouMeanOneOf(status, STATUSES));
    }
    const since = sinceTime(textOf(values.since) ?? '7d', Date.now());
    const redaction = new Redaction(listOf(values.redact));
    const account = new StatesAccount(region);
    makeUserFolder(folder);
    const progress = new Progress(createTerminal());
    const { executions, children, definitions } = await progress.run(`Fetch histories to ${folder}`, () =>
      pullHistories(account, {
        stateMachineArn: arn,
        since,
        folder,
        redaction,
        ...(status !== undefined && { status }),
      }),
    );
    progress.step(
      `${counted(executions, 'execution')}${children > 0 ? `, ${counted(children, 'child execution')}` : ''}, since ${new Date(since).toISOString()}`,
    );
    if (definitions.length > 0) {
      const count = definitions.length === 1 ? 'this definition' : `${definitions.length} definitions`;
      progress.step(`They ran with ${count}: ${definitions.join(', ')}`);
    }
    for (const [path, count] of redaction.matches) {
      if (count === 0) progress.step(`--redact ${path} has named no value.`);
    }
    return 0;
  },
};

/** @throws UserError */
function needed(value: unknown, option: string): string {
  if (typeof value === 'string') return value;
  throw new UserError(`${option} is missing.`, 'See `statewright pull --help`.');
}
