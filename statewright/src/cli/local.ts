import type { Account } from '../local-aws/account';
import type { DeployedStack } from '../local-aws/deployment';
import { UpdatableStack } from '../local-aws/deployment/update';
import { UserError } from '../user-error';
import { type Command, listOf, type Option, textOf, type Values } from './command';
import { deployFolder, knownBy } from './deploy-folder';
import { describeChange } from './dev/changes';
import { stackOption, stackPlace } from './find-stack';
import { readServerSettings, serverOptions, startLocal } from './local-server';
import { machineOptions, step, substitutions } from './machine';
import { findAndRehearse } from './rehearsal/rehearse';
import { inAccount } from './service-options';
import { textMapper } from './source-map';
import { stopSignal } from './stop-signal';
import type { SynthesizedStack } from './synthesize-project';
import { ownerParameters } from './template-place';
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
      description:
        'Deploys the CDKTF project in this folder or in DIR, the synthesized stack in DIR, or a SAM or CloudFormation template',
    },
    stack: stackOption,
    substitution: machineOptions.substitution as Option,
  },
  async run(values) {
    const settings = await readServerSettings(values);
    for (const name of ['stack', 'substitution']) {
      if (values[name] === undefined || values.deploy !== undefined) continue;
      throw new UserError(`--${name} is about what to deploy.`, 'Add --deploy.');
    }
    const stopped = stopSignal();
    const terminal = createTerminal();
    const progress = new Progress(terminal);
    const stack = await stackOf(values, progress);
    const services = inAccount(settings.services, stack?.accountId);
    const server = await startLocal({ ...settings, services }, terminal, { folder: stack?.folder });
    try {
      if (stack) server.mapTexts(textMapper(await deployTo(server.account, stack, progress), stack.folder));
      terminal.write(`${server.welcome(terminal)}${terminal.paint.faint('Ctrl-C stops it.')}\n`);
      await stopped;
    } finally {
      await server.close();
    }
    return 0;
  },
};

/** The stack to deploy; undefined without --deploy. */
async function stackOf(values: Values, progress: Progress): Promise<SynthesizedStack | undefined> {
  if (values.deploy === undefined) return undefined;
  const place = stackPlace(textOf(values.deploy), textOf(values.stack), {
    ...substitutions(listOf(values.substitution)),
    ...ownerParameters(textOf(values.account), textOf(values.region)),
  });
  return step(progress, place.label, () => findAndRehearse(place));
}

/** Deploys a stack. What an earlier process has deployed to the same account is changed where it differs. */
async function deployTo(
  account: Account,
  synthesized: SynthesizedStack,
  progress: Progress,
): Promise<DeployedStack> {
  const { folder, notices = [] } = synthesized;
  const updatable = new UpdatableStack(account, knownBy(synthesized));
  const { result, changes } = await progress.run('Deploy it', () =>
    updatable.deploy((target) => deployFolder(target, folder, (address) => progress.step(address))),
  );
  for (const change of changes) if (change.action === 'deleted') progress.step(describeChange(change));
  for (const note of [...notices, ...result.notes]) progress.step(note);
  return result.stack;
}
