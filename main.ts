import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { App } from 'cdktf';
import { publish } from './src/publish';
import { UserError } from './src/user-error';

/** The stack's name: its folder is `cdktf.out/stacks/<name>`, its state `terraform.<name>.tfstate`. */
export const STACK = 'error-handling';

/** The app cannot be synthesized; the message lists every fault with its place. */
export class SynthesisError extends UserError {
  override readonly name = 'SynthesisError';

  constructor(faults: readonly string[]) {
    super(`The app cannot be synthesized:\n  ${faults.join('\n  ')}`);
  }
}

export interface AppOptions {
  /** The folder to synthesize into; `cdktf.out` unless given. */
  readonly outdir?: string;
  /** Beside the context of cdktf.json, and before it. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/**
 * The CDKTF app with its one stack.
 *
 * @throws SynthesisError when a source file cannot be read
 */
export function createApp({ outdir, context }: AppOptions = {}): App {
  const { ErrorHandlingStack } = loadStack();
  const app = new App({
    ...(outdir !== undefined && { outdir }),
    context: { ...contextOfProject(), ...context },
    // They hold this machine's paths.
    stackTraces: false,
  });
  new ErrorHandlingStack(app, STACK);
  return app;
}

/**
 * Writes the app's Terraform JSON and its assets, all or nothing: a faulty app changes no file, and cdk.tf.json is
 * never half written. What Terraform keeps in the stack's folder stays.
 *
 * @returns the stack's folder, which holds cdk.tf.json
 * @throws SynthesisError
 */
export function synthesize(
  outdir = process.env.CDKTF_OUTDIR ?? 'cdktf.out',
  options: AppOptions = {},
): string {
  const scratch = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    const app = createApp({ ...options, outdir: scratch });
    const faults = app.node
      .findAll()
      .flatMap(({ node }) => node.validate().map((fault) => `[${node.path}] ${fault}`));
    if (faults.length > 0) throw new SynthesisError(faults);
    app.synth();
    publish(scratch, outdir);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return join(outdir, 'stacks', STACK);
}

/** Not imported above: so a syntax error in the stack, or in what it imports, is a fault to report like any other. */
function loadStack(): typeof import('./src/stack') {
  try {
    return require('./src/stack');
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
    return details.map((detail) => detail.replace(__dirname + sep, '').replace('ERROR: ', ''));
  const [importer] = (error as { requireStack?: string[] }).requireStack ?? [];
  return importer === undefined ? [] : [`${relative(__dirname, importer)}: ${message}`];
}

/** The context of cdktf.json, which the CDKTF CLI would hand over, and `node main.ts` would not. */
function contextOfProject(): Record<string, unknown> {
  const text = readFileSync(join(__dirname, 'cdktf.json'), 'utf8');
  try {
    return JSON.parse(text).context ?? {};
  } catch (error) {
    throw new SynthesisError([`cdktf.json is no JSON: ${(error as Error).message}`]);
  }
}

/** Such as EACCES: what the file system says is enough. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

if (require.main === module) {
  try {
    synthesize();
  } catch (error) {
    if (!(error instanceof UserError) && !isSystemError(error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
