import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnnotationMetadataEntryType, type AppConfig, App as CdktfApp, TerraformStack } from 'cdktf';
import type { Node } from 'constructs';
import { invalidJson } from '../json-fault';
import { publish } from './publish';
import { reportFaults, SynthesisError } from './synthesis-error';

/**
 * CDKTF's App, used in the same way: `new App()`, a stack, `app.synth()`. In addition:
 *
 * - The output (`CDKTF_OUTDIR`, default: `cdktf.out`) is published as a whole or not at all, so an app with faults
 *   changes no file. Until then `app.outdir` is a temporary folder.
 * - Faults are printed as a list, each with its place and without a stack trace; the exit code is 1.
 * - The metadata has no stack traces, and so no local paths: the same sources give the same bytes.
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

  /** @throws SynthesisError with every fault that the constructs report, or when it cannot write to the folder */
  override synth(): void {
    try {
      super.synth();
    } catch (error) {
      this.#throwFaults(() => true);
      throw error;
    }
    // CDKTF has validated what is in a stack.
    this.#throwFaults(({ scopes }) => !scopes.some(TerraformStack.isStack));
    try {
      publish(this.outdir, this.#target);
    } catch (error) {
      throw new SynthesisError([`The folder ${this.#target} cannot be written: ${(error as Error).message}`]);
    } finally {
      rmSync(this.outdir, { recursive: true, force: true });
    }
  }

  /**
   * The faults of all constructs; CDKTF stops at the first stack that has one.
   * @param toValidate whether a construct is validated
   */
  #throwFaults(toValidate: (node: Node) => boolean): void {
    const faults = this.node.findAll().flatMap(({ node }) => {
      const errors = node.metadata.filter(({ type }) => type === AnnotationMetadataEntryType.ERROR);
      const invalid = !this.skipValidation && toValidate(node) ? node.validate() : [];
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

// `npx cdktf` and `statewright` run an app with CDKTF_OUTDIR. The files that main.ts imports after this one can have
// faults before an App exists.
if (process.env.CDKTF_OUTDIR !== undefined) reportFaults();
