import { toAwsHistoryJson } from '../history/aws-history';
import { UserError } from '../user-error';
import type { Command } from './command';
import { readInput } from './input';
import { createTerminal, Progress, renderExecution, renderNextSteps } from './terminal';
import { demonstration, withWorkflow } from './workflow';

const nextSteps = [
  [`npm start -- --input '{"fail": true}'`, 'runs it once with an input of yours'],
  [`npm -s start -- --input '{}' --json`, 'prints the history as the AWS CLI would'],
  ['npm test', 'checks types, style and behaviour'],
  ['npm run deploy', 'deploys the same file to your AWS account with Terraform'],
  ['npm run help', 'shows every command'],
] as const;

/** The main job: synthesize, deploy to the local AWS, run, and show what happened. */
export const start: Command = {
  usage: 'npm start',
  description:
    'Synthesizes the stack, deploys it to a local AWS, runs the state machine and shows what happened.',
  options: {
    input: {
      type: 'string',
      value: 'JSON',
      description:
        'Runs one execution with this input (or file://PATH), instead of two that show the workflow',
    },
    json: {
      type: 'boolean',
      description:
        'Prints nothing but the history, as `aws stepfunctions get-execution-history` does (with --input)',
    },
  },
  async run({ input, json }) {
    if (typeof input === 'string') return runOnce(readInput(input), json === true);
    if (json)
      throw new UserError('--json prints the history of one execution.', `Give its input: --input '{}'`);
    return demonstrate();
  },
};

async function demonstrate(): Promise<number> {
  const terminal = createTerminal();
  let failures = 0;
  await withWorkflow(new Progress(terminal), async ({ run }) => {
    for (const { title, input, output } of demonstration) {
      const ended = await run(input, title);
      terminal.write(`\n${renderExecution({ ...ended, title }, terminal)}\n`);
      if (ended.outcome.status !== 'SUCCEEDED' || ended.outcome.output !== output) failures += 1;
    }
  });
  terminal.write(renderNextSteps('How to go on', nextSteps, terminal));
  if (failures > 0) {
    throw new UserError(
      `${failures} of ${demonstration.length} executions did not end as expected.`,
      'Expected are the outputs "success" without input, and "handled error" with {"fail": true}.',
    );
  }
  return 0;
}

async function runOnce(input: string, json: boolean): Promise<number> {
  const terminal = createTerminal();
  const title = `Execution with ${input}`;
  const progress = json ? undefined : new Progress(terminal);
  return withWorkflow(progress, async ({ run }) => {
    const ended = await run(input, title);
    terminal.write(
      json ? `${toAwsHistoryJson(ended.events)}\n` : `\n${renderExecution({ ...ended, title }, terminal)}`,
    );
    return ended.outcome.status === 'SUCCEEDED' ? 0 : 1;
  });
}
