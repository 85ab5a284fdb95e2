import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnnotationMetadataEntryType, type AppConfig, App as CdktfApp } from 'cdktf';
import { invalidJson } from '../json-fault';
import { publish } from './publish';
import { reportFaults, SynthesisError } from './synthesis-error';

/**
 * CDKTF's App, for the same three lines in `main.ts`: `new App()`, a stack, `app.synth()`. What it adds:
 *
 * - The output (`CDKTF_OUTDIR`, default: `cdktf.out`) is published as a whole or not at all, so a faulty app changes
 *   no file. Until then `app.outdir` is a temporary folder.
 * - What is wrong is printed as a list of faults, each with its place, without a stack trace; the exit code is 1.
 * - The metadata hold no stack traces, hence no path of this machine: the same sources give the same bytes.
 * - The context of `cdktf.json` is read without the CDKTF CLI too (`node main.ts`).
 */
export class App extends CdktfApp {
  readonly #target: string;

  constructor(config: AppConfig = {}) {
    reportFaults();
    const scratch = mkdtempSync(join(tmpdir(), 'synth-'));
    process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
    super({
      stackTraces: false,
      ...config,
      context: { ...config.context, ...contextOfProject() },
      outdir: scratch,
    });
    this.#target = config.outdir ?? process.env.CDKTF_OUTDIR ?? 'cdktf.out';
  }

  /** @throws SynthesisError with every fault that the constructs report, or when the folder cannot be written */
  override synth(): void {
    try {
      super.synth();
    } catch (error) {
      this.#throwFaults();
      throw error;
    }
    this.#throwFaults();
    try {
      publish(this.outdir, this.#target);
    } catch (error) {
      throw new SynthesisError([`The folder ${this.#target} cannot be written: ${(error as Error).message}`]);
    } finally {
      rmSync(this.outdir, { recursive: true, force: true });
    }
  }

  /** CDKTF stops at the first stack that has a fault; these are the faults of all constructs. */
  #throwFaults(): void {
    const faults = this.node.findAll().flatMap(({ node }) => {
      const errors = node.metadata.filter(({ type }) => type === AnnotationMetadataEntryType.ERROR);
      const invalid = this.skipValidation ? [] : node.validate();
      return [...invalid, ...errors.map(({ data }) => String(data))].map(
        (fault) => `[${node.path}] ${fault}`,
      );
    });
    if (faults.length > 0) throw new SynthesisError(faults);
  }
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

// `npx cdktf` and `statewright` run an app with CDKTF_OUTDIR. Faults in the files that main.ts imports after this one
// come before there is an App.
if (process.env.CDKTF_OUTDIR !== undefined) reportFaults();
