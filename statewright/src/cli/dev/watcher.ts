import { existsSync } from 'node:fs';
import { basename, relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** Folders without the user's own sources: dependencies, generated files, hidden folders. */
const SKIPPED = /^(?:\..+|node_modules|cdktf\.out|cdk\.out|coverage|__pycache__)$/;
/** What Terraform and editors write next to the sources. */
const GENERATED = /\.tfstate(?:\.\w+)?$|\.lock\.hcl$|~$|\.(?:swp|swx|tmp|log|svg|png|md)$/;
/**
 * One save is several events within this time, in milliseconds. chokidar drops further changes of a file for 50 ms: this is
 * longer, so that their content is read too.
 */
const SETTLE_MS = 60;

/** How often a folder that was removed is looked for, in milliseconds. */
const AGAIN_MS = 100;

interface WatcherOptions {
  /** Further folders to leave out, as absolute paths. */
  readonly ignored: readonly string[];
  /** Receives absolute paths. */
  readonly onChange: (paths: readonly string[]) => void;
  /** Receives an error of the file system, such as too many watched files. */
  readonly onError: (error: unknown) => void;
}

/** Reports the files of a project that have changed, several that change together at once. */
export class Watcher {
  readonly #watcher: FSWatcher;
  readonly #folder: string;
  #changed = new Set<string>();
  /** Files that are new, and may be temporary: a program that replaces a file writes another one first. */
  readonly #new = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  /** While the folder does not exist. */
  #missing: NodeJS.Timeout | undefined;

  constructor(folder: string, { ignored, onChange, onError }: WatcherOptions) {
    this.#folder = folder;
    const report = (path: string) => {
      this.#changed.add(path);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        const paths = [...this.#changed].filter((path) => !this.#isGone(path)).sort();
        this.#changed = new Set();
        if (paths.length > 0) onChange(paths);
      }, SETTLE_MS);
    };
    this.#watcher = watch(folder, {
      ignoreInitial: true,
      followSymlinks: false,
      ignored: (path) => this.#isIgnored(path, ignored),
    })
      .on('add', (path) => {
        this.#new.add(path);
        report(path);
      })
      .on('change', report)
      .on('unlink', report)
      .on('unlinkDir', (path) => {
        if (path === folder) this.#watchAgain(report);
      })
      .on('error', onError);
  }

  /** Waits for the folder, which a build may remove and make again: chokidar then no longer watches it. */
  #watchAgain(report: (path: string) => void): void {
    clearInterval(this.#missing);
    this.#missing = setInterval(() => {
      if (!existsSync(this.#folder)) return;
      clearInterval(this.#missing);
      this.#watcher.add(this.#folder);
      report(this.#folder);
    }, AGAIN_MS);
  }

  /** Resolves when changes are noticed. */
  ready(): Promise<void> {
    return new Promise((resolve) => this.#watcher.once('ready', () => resolve()));
  }

  /** Watches further paths, such as sources outside of the folder that the stack names. */
  add(paths: readonly string[]): void {
    this.#watcher.add([...paths]);
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    clearInterval(this.#missing);
    await this.#watcher.close();
  }

  /** Whether a file came and went without being reported. */
  #isGone(path: string): boolean {
    if (!this.#new.has(path)) return false;
    if (!existsSync(path)) return true;
    this.#new.delete(path);
    return false;
  }

  #isIgnored(path: string, ignored: readonly string[]): boolean {
    if (ignored.some((folder) => path === folder || path.startsWith(folder + sep))) return true;
    const inside = relative(this.#folder, path).split(sep);
    return inside.some((part) => SKIPPED.test(part) && part !== '..') || GENERATED.test(basename(path));
  }
}
