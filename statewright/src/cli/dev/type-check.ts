import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** How many lines of the compiler's output are shown. */
const MOST_LINES = 20;

/** Checks a project's types with its own TypeScript, in another process. */
export class TypeCheck {
  readonly #folder: string;
  readonly #compiler: string;
  #running: ChildProcess | undefined;

  private constructor(folder: string, compiler: string) {
    this.#folder = folder;
    this.#compiler = compiler;
  }

  /** Undefined for a project without TypeScript: without a tsconfig.json, or the package `typescript`. */
  static of(folder: string): TypeCheck | undefined {
    if (!existsSync(join(folder, 'tsconfig.json'))) return undefined;
    try {
      const typescript = createRequire(join(folder, 'package.json')).resolve('typescript/package.json');
      return new TypeCheck(folder, join(dirname(typescript), 'bin', 'tsc'));
    } catch {
      return undefined;
    }
  }

  /** The errors as the compiler prints them; empty without any, undefined when a later run has replaced this one. */
  run(): Promise<string | undefined> {
    this.stop();
    const child = spawn(
      process.execPath,
      [this.#compiler, '--noEmit', '--pretty', 'false', '-p', this.#folder],
      {
        cwd: this.#folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        // A group of its own: TypeScript 7 starts its compiler as another process, which must end too.
        detached: true,
      },
    );
    this.#running = child;
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => {
        printed += chunk;
      });
    }
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode) => {
        if (this.#running !== child) return resolve(undefined);
        this.#running = undefined;
        resolve(exitCode === 0 ? '' : shortened(printed.trim()));
      });
    });
  }

  /** Ends a run whose result is no longer needed. */
  stop(): void {
    const child = this.#running;
    this.#running = undefined;
    if (child?.pid !== undefined) endGroup(child.pid);
  }
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid);
  } catch {
    // It has ended meanwhile.
  }
}

function shortened(text: string): string {
  const lines = text.split('\n');
  if (lines.length <= MOST_LINES) return text;
  return [...lines.slice(0, MOST_LINES), `… and ${lines.length - MOST_LINES} more lines`].join('\n');
}
