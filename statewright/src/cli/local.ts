import { realpathSync } from 'node:fs';
import type { Account } from '../local-aws/account';
import type { DeployedStack } from '../local-aws/deployment';
import { UpdatableStack } from '../local-aws/deployment/update';
import { UserError } from '../user-error';
import { type Command, textOf, type Values } from './command';
import { deployFolder } from './deploy-folder';
import { describeChange } from './dev/changes';
import { stackOption, stackPlace } from './find-stack';
import { readServerSettings, serverOptions, startLocal } from './local-server';
import { step } from './machine';
import { findAndRehearse } from './rehearsal/rehearse';
import { textMapper } from './source-map';
import { stopSignal } from './stop-signal';
import { createTerminal, Progress } from './terminal';

/** Runs an AWS on this machine, for real tools, until it is stopped. */
export const local: Command = {
  usage: 'statewright local',
  description:
    'Starts a local AWS with a console, for Terraform, CDKTF, the AWS CLI and the SDKs; Ctrl-C stops it.',
  options: {
    ...serverOptions,
    deploy: {
      type: 'optional',
      value: 'DIR',
      description: 'Deploys the CDKTF project in this folder or in DIR, or the synthesized stack in DIR',
    },
    stack: stackOption,
  },
  async run(values) {
    const settings = await readServerSettings(values);
    if (values.stack !== undefined && values.deploy === undefined) {
      throw new UserError('--stack chooses what to deploy.', 'Add --deploy.');
    }
    const stopped = stopSignal();
    const terminal = createTerminal();
    const progress = new Progress(terminal);
    const folder = await stackFolder(values, progress);
    const server = await startLocal(settings, terminal, { folder });
    try {
      if (folder !== undefined)
        server.mapTexts(textMapper(await deployTo(server.account, folder, progress), folder));
      terminal.write(`${server.welcome(terminal)}${terminal.paint.faint('Ctrl-C stops it.')}\n`);
      await stopped;
    } finally {
      await server.close();
    }
    return 0;
  },
};

/** The folder of the stack to deploy; undefined without --deploy. */
async function stackFolder({ deploy, stack }: Values, progress: Progress): Promise<string | undefined> {
  if (deploy === undefined) return undefined;
  const place = stackPlace(textOf(deploy), textOf(stack));
  return (await step(progress, place.label, () => findAndRehearse(place))).folder;
}

/** Deploys a stack. What an earlier process has deployed to the same account is changed where it differs. */
async function deployTo(account: Account, folder: string, progress: Progress): Promise<DeployedStack> {
  const updatable = new UpdatableStack(account, { folder: realpathSync(folder) });
  const { result, changes } = await progress.run('Deploy it', () =>
    updatable.deploy((target) => deployFolder(target, folder, (address) => progress.step(address))),
  );
  for (const change of changes) if (change.action === 'deleted') progress.step(describeChange(change));
  for (const note of result.notes) progress.step(note);
  return result.stack;
}
