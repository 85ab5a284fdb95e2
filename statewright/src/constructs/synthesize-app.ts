import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { App } from 'cdktf';
import { invalidJson } from '../json-fault';
import { UserError } from '../user-error';
import { publish } from './publish';

/** The app cannot be synthesized. The message lists every fault with its place. */
export class SynthesisError extends UserError {
  override readonly name = 'SynthesisError';

  constructor(faults: readonly string[]) {
    super(`The app cannot be synthesized:\n  ${faults.join('\n  ')}`);
  }
}

/** Adds the stacks to the app. It loads them itself, so that a syntax error in a stack is reported as a fault. */
export type AddStacks = (app: App) => void | Promise<void>;

/**
 * Synthesizes a CDKTF app, for its `main.ts`: the folder is `CDKTF_OUTDIR` (default: `cdktf.out`), the context that of
 * `cdktf.json`. The output is published as a whole or not at all, so a faulty app changes no file. For a fault of the
 * user's it prints the list of faults and sets the exit code to 1.
 */
export async function synthesizeApp(addStacks: AddStacks): Promise<void> {
  try {
    await synthesize(addStacks, process.env.CDKTF_OUTDIR ?? 'cdktf.out');
  } catch (error) {
    if (!(error instanceof UserError) && !isSystemError(error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

async function synthesize(addStacks: AddStacks, outdir: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    // Stack traces in the metadata hold this machine's paths.
    const app = new App({ outdir: scratch, context: contextOfProject(), stackTraces: false });
    await withSourceFaults(() => addStacks(app));
    const faults = app.node
      .findAll()
      .flatMap(({ node }) => node.validate().map((fault) => `[${node.path}] ${fault}`));
    if (faults.length > 0) throw new SynthesisError(faults);
    app.synth();
    publish(scratch, outdir);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function withSourceFaults(addStacks: () => void | Promise<void>): Promise<void> {
  try {
    await addStacks();
  } catch (error) {
    const faults = sourceFaults(error);
    if (faults.length === 0) throw error;
    throw new SynthesisError(faults);
  }
}

/** What Node and tsx say of a source file that is missing or has a syntax error; nothing for any other error. */
function sourceFaults(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const [message = '', ...details] = error.message.split('\n');
  if (error.name === 'TransformError')
    return details.map((detail) => detail.replace(process.cwd() + sep, '').replace('ERROR: ', ''));
  const [importer] = (error as { requireStack?: string[] }).requireStack ?? [];
  return importer === undefined ? [] : [`${relative(process.cwd(), importer)}: ${message}`];
}

/** The context of cdktf.json, which the CDKTF CLI passes on, and `node main.ts` does not. */
function contextOfProject(): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync('cdktf.json', 'utf8');
  } catch {
    return {};
  }
  const problem = invalidJson('cdktf.json', text);
  if (problem) throw new SynthesisError([problem]);
  return JSON.parse(text).context ?? {};
}

/** Such as EACCES: what the file system says is enough. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}
