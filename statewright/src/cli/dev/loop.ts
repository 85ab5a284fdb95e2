import { basename, relative, resolve } from 'node:path';
import { BundleError } from '../../constructs/bundle';
import { formatDuration } from '../../duration';
import { Account } from '../../local-aws/account';
import type { DeployedStack } from '../../local-aws/deployment';
import { type RunningVersions, UpdatableStack, type Updated } from '../../local-aws/deployment/update';
import { UserError } from '../../user-error';
import { knownBy } from '../deploy-folder';
import type { LocalServer } from '../local-server';
import { textMapper } from '../source-map';
import { readStandIns } from '../stand-ins';
import { asUserError } from '../system-error';
import { plainText, type Terminal } from '../terminal';
import { bundleAgain, sourcesOutside } from './bundles';
import { describeChange } from './changes';
import type { Problems } from './problems';
import type { DevDeployment, DevProject, Prepared } from './project';
import type { TypeCheck } from './type-check';

/** The names of what can fail. */
export const SYNTHESIS = 'Synthesis';
const DEPLOYMENT = 'Deployment';
const TYPES = 'Types';
const STAND_INS = 'Stand-ins';

/** A file that no deployment depends on. */
const TEST = /(?:^|[\\/])(?:__tests__|tests?)[\\/]|\.(?:test|spec)\.[^.]+$/;

/** What a `DevLoop` works with. */
interface DevLoopParts {
  readonly project: DevProject;
  readonly server: LocalServer;
  readonly versions: RunningVersions;
  readonly problems: Problems;
  /** Undefined for a project without TypeScript. */
  readonly types: TypeCheck | undefined;
  /** The JSON file of stand-ins (default: none that can change). */
  readonly standIns?: string | undefined;
  readonly terminal: Terminal;
}

/** Deploys a project to a local AWS, and again what has changed. */
export class DevLoop {
  readonly #project: DevProject;
  readonly #server: LocalServer;
  readonly #versions: RunningVersions;
  readonly #problems: Problems;
  readonly #types: TypeCheck | undefined;
  readonly #standIns: string | undefined;
  readonly #terminal: Terminal;
  #stack: UpdatableStack | undefined;
  /** The last good deployment. */
  #deployed: { readonly prepared: Prepared; readonly stack: DeployedStack } | undefined;
  /** One deployment at a time. */
  #deploying: Promise<unknown> = Promise.resolve();
  #synthesizing: Promise<void> | undefined;
  /** Whether a file has changed since the synthesis began. */
  #isStale = false;
  #isClosed = false;
  /** When the change happened that is being deployed, if nothing of it has been reported. */
  #since: number | undefined;

  constructor({ project, server, versions, problems, types, standIns, terminal }: DevLoopParts) {
    this.#project = project;
    this.#server = server;
    this.#versions = versions;
    this.#problems = problems;
    this.#types = types;
    this.#standIns = standIns;
    this.#terminal = terminal;
  }

  /** The sources of the stack that are not in the project's folder. */
  get sourcesOutside(): readonly string[] {
    const folder = this.#deployed?.prepared.folder;
    if (!this.#deployed || folder === undefined || this.#project.output !== undefined) return [];
    return sourcesOutside(this.#deployed.stack, folder, this.#project.folder);
  }

  /**
   * The first deployment.
   * @returns what the user has to know of it; undefined when it failed, which is then a problem
   */
  async deployFirst(
    prepared: Prepared,
    onResource: (address: string) => void,
  ): Promise<readonly string[] | undefined> {
    const updated = await this.#deploy(prepared, onResource);
    if (updated === undefined) return undefined;
    // What an account on disk had of the stack before.
    const deleted = updated.changes.filter(({ action }) => action === 'deleted');
    return [...deleted.map(describeChange), ...updated.result.notes];
  }

  /** Deploys what depends on files that have changed, and checks the types. */
  async changed(paths: readonly string[]): Promise<void> {
    const { faint } = this.#terminal.paint;
    const names = paths.map((path) => relative(this.#project.folder, path) || basename(path));
    const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
    this.#terminal.write(`\n${faint(plainText(shown.join(', ')))}\n`);
    // What it would report is out of date, and it takes the time of the deployment.
    this.#types?.stop();
    const sources = paths.filter((path) => this.#standIns === undefined || path !== resolve(this.#standIns));
    if (sources.length < paths.length) await this.#readStandIns();
    if (!sources.every((path) => TEST.test(relative(this.#project.folder, path))))
      await this.#redeploy(sources);
    await this.checkTypes();
  }

  async #readStandIns(): Promise<void> {
    try {
      const given = await readStandIns(this.#standIns);
      if (given === undefined) return;
      this.#server.useStandIns(given);
      this.#problems.clear(STAND_INS);
      this.#terminal.write(`  ${this.#terminal.paint.good('✓')} stand-ins\n`);
    } catch (error) {
      this.fail(STAND_INS, error);
    }
  }

  async #redeploy(paths: readonly string[]): Promise<void> {
    this.#since = performance.now();
    this.#isStale = true;
    await this.#deployBundles(paths);
    this.#synthesizing ??= this.#synthesize().finally(() => {
      this.#synthesizing = undefined;
    });
    await this.#synthesizing;
  }

  /** Reports the type errors, after the deployments. */
  async checkTypes(): Promise<void> {
    const errors = this.#isClosed ? undefined : await this.#types?.run();
    if (errors === undefined) return;
    if (errors === '') this.#problems.clear(TYPES);
    else this.#problems.set(TYPES, errors);
  }

  /** Ends the type check, and reports nothing more. */
  close(): void {
    this.#isClosed = true;
    this.#types?.stop();
  }

  /** Records an error of a step. */
  fail(step: string, fault: unknown): void {
    // Ctrl-C also ends the app that is being synthesized.
    if (this.#isClosed) return;
    const error = asUserError(fault) as Error;
    const isUsers = error instanceof UserError || error instanceof BundleError;
    const hint = error instanceof UserError ? error.hint : undefined;
    // Any other error is a defect: a report of it needs the stack trace.
    this.#problems.set(step, isUsers ? error.message : (error.stack ?? String(error)), hint);
    if (this.#deployed) {
      this.#terminal.write(`  ${this.#terminal.paint.faint('The last good deployment continues to run.')}\n`);
    }
  }

  /** The handlers that import a changed file, at once. An error of theirs is reported by the synthesis that follows. */
  async #deployBundles(paths: readonly string[]): Promise<void> {
    const { prepared, stack } = this.#deployed ?? {};
    if (this.#project.output === undefined || prepared?.folder === undefined || !stack) return;
    const { folder } = prepared;
    await this.#inTurn(async () => {
      try {
        if (!bundleAgain({ stack, folder, project: this.#project.folder }, paths)) return;
      } catch {
        return;
      }
      this.#report(await this.#deploy(prepared));
    });
  }

  /** Synthesizes and deploys until no file has changed meanwhile. */
  async #synthesize(): Promise<void> {
    while (this.#isStale && !this.#isClosed) {
      this.#isStale = false;
      const prepared = await this.prepare();
      if (prepared === undefined || this.#isStale || this.#isClosed) continue;
      await this.#inTurn(async () => {
        if (await this.#isRefused(prepared)) return;
        this.#report(await this.#deploy(prepared));
      });
    }
  }

  /** Synthesizes the project, or finds its stack; undefined when it fails, which is then a problem. */
  async prepare(): Promise<Prepared | undefined> {
    try {
      const prepared = await this.#project.prepare();
      this.#problems.clear(SYNTHESIS);
      return prepared;
    } catch (error) {
      // A later change may have fixed it.
      if (!this.#isStale) this.fail(SYNTHESIS, error);
      return undefined;
    }
  }

  /** Tries a stack in an empty account, so that one with an error changes nothing in the real one. */
  async #isRefused(prepared: Prepared): Promise<boolean> {
    const { region, accountId } = this.#server.account;
    const trial = new Account({ region, accountId, warn: () => {} });
    try {
      await prepared.deploy(trial);
      return false;
    } catch (error) {
      this.fail(DEPLOYMENT, error);
      return true;
    } finally {
      await trial.close();
    }
  }

  async #deploy(
    prepared: Prepared,
    onResource?: (address: string) => void,
  ): Promise<Updated<DevDeployment> | undefined> {
    for (const region of this.#server.account.regions) this.#versions.watch(region);
    const { folder, source, stackName } = prepared;
    this.#stack ??= new UpdatableStack(this.#server.account, {
      ...(folder !== undefined && knownBy({ folder, source, stackName })),
      beforeChange: (...changing) => this.#versions.keep(...changing),
    });
    try {
      const updated = await this.#stack.deploy((target) => prepared.deploy(target, onResource));
      this.#problems.clear(DEPLOYMENT);
      const { stack } = updated.result;
      if (stack && folder !== undefined) {
        this.#deployed = { prepared, stack };
        this.#server.mapTexts(textMapper(stack, folder));
      }
      return updated;
    } catch (error) {
      this.fail(DEPLOYMENT, error);
      return undefined;
    }
  }

  /** Says what a change has changed. */
  #report(updated: Updated<DevDeployment> | undefined): void {
    const since = this.#since;
    if (updated === undefined) return;
    const { good, faint } = this.#terminal.paint;
    const took = since === undefined ? '' : `  ${faint(formatDuration(performance.now() - since))}`;
    this.#since = undefined;
    const lines = updated.changes.map(describeChange);
    // After the handlers, the synthesis usually has nothing more to say.
    if (lines.length === 0 && since !== undefined) lines.push('Nothing to deploy');
    for (const line of lines) this.#terminal.write(`  ${good('✓')} ${plainText(line)}${took}\n`);
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#deploying.then(work);
    this.#deploying = turn.catch(() => {});
    await turn;
  }
}
