import { resolve } from 'node:path';
import { regionOf } from '../local-aws/deployment';
import { RunningVersions } from '../local-aws/deployment/update';
import { type Command, textOf, type Values } from './command';
import { warmUp } from './dev/bundles';
import { DevLoop, SYNTHESIS } from './dev/loop';
import { Problems } from './dev/problems';
import { type DevProject, devProject, type Prepared } from './dev/project';
import { TypeCheck } from './dev/type-check';
import { Watcher } from './dev/watcher';
import { readServerSettings, serverOptions, startLocal } from './local-server';
import { machineOptions, step } from './machine';
import { stackInputs } from './project-settings';
import { inAccount } from './service-options';
import { stopSignal } from './stop-signal';
import { asUserError } from './system-error';
import { createTerminal, Progress, renderError, type Terminal } from './terminal';

/** Runs a project in a local AWS while it is being edited. */
export const dev: Command = {
  usage: 'statewright dev [DIR|FILE]',
  description:
    'Deploys a project to a local AWS, and redeploys what changes while you edit it; Ctrl-C stops it.',
  maxOperands: 1,
  options: { ...machineOptions, ...serverOptions },
  notes: [
    [
      'Deploys the CDKTF project, the Terraform configuration, the template of SAM, CloudFormation or the AWS CDK, or the',
      'definitions in this folder or in DIR, or those in FILE. A template runs with its functions; with --definition, without.',
      'Running executions keep their definition and their code. After an error, the last good deployment continues to run.',
    ].join('\n'),
  ],
  run: (values, [path]) => runDev(path, values, { terminal: createTerminal(), stopped: stopSignal() }),
};

/** What a run of `dev` writes to, and what ends it. */
interface DevRun {
  readonly terminal: Terminal;
  readonly stopped: Promise<void>;
}

/** @returns the exit code */
export async function runDev(
  path: string | undefined,
  values: Values,
  { terminal, stopped }: DevRun,
): Promise<number> {
  const settings = await readServerSettings(values);
  const project = devProject(path, values);
  const progress = new Progress(terminal);
  const problems = new Problems(terminal);
  const versions = new RunningVersions();
  const types = TypeCheck.of(project.folder);
  const { prepared, fault } = await firstOf(project, progress);
  const services = inAccount(settings.services, prepared?.accountId);
  const server = await startLocal({ ...settings, services }, terminal, {
    folder: prepared && withRegion(prepared.folder),
    lambdaInvoker: (lambda) => versions.invoker(lambda),
    problems: () => problems.all,
  });
  const standIns = changingStandIns(values);
  const loop = new DevLoop({ project, server, versions, problems, types, standIns, terminal });
  const watcher = new Watcher(project.folder, {
    ignored: [project.output, settings.persist].flatMap((path) => path ?? []).map((path) => resolve(path)),
    onChange: (paths) => void loop.changed(paths),
    onError: (error) => terminal.write(renderError(asUserError(error) as Error, undefined, terminal)),
  });
  try {
    await watcher.ready();
    if (prepared) await deployFirst(loop, prepared, progress);
    watcher.add([...loop.sourcesOutside, ...(standIns === undefined ? [] : [resolve(standIns)])]);
    const { faint } = terminal.paint;
    terminal.write(`${server.welcome(terminal, false)}${faint('Watching for changes. Ctrl-C stops it.')}\n`);
    if (fault !== undefined) loop.fail(SYNTHESIS, fault);
    if (project.output !== undefined) warmUp();
    void loop.checkTypes();
    await stopped;
  } finally {
    loop.close();
    await watcher.close();
    await server.close();
  }
  return 0;
}

interface First {
  readonly prepared?: Prepared;
  /** Why there is nothing to deploy yet. */
  readonly fault?: unknown;
}

async function firstOf(project: DevProject, progress: Progress): Promise<First> {
  try {
    return { prepared: await step(progress, project.label, () => project.prepare()) };
  } catch (fault) {
    return { fault };
  }
}

async function deployFirst(loop: DevLoop, prepared: Prepared, progress: Progress): Promise<void> {
  progress.start('Deploy it');
  const notes = await loop.deployFirst(prepared, (address) => progress.step(address));
  if (notes) progress.succeed();
  else progress.fail();
  for (const note of notes ?? []) progress.step(note);
}

/** The file of stand-ins, if it is JSON: a module that is loaded cannot be loaded again. */
function changingStandIns(values: Values): string | undefined {
  const file = textOf(values['stand-ins']);
  return file?.endsWith('.json') ? file : undefined;
}

/** The folder of a stack, if the region of its provider can be read. The deployment reports why it cannot. */
function withRegion(folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  try {
    regionOf(folder, stackInputs(folder));
    return folder;
  } catch {
    return undefined;
  }
}
