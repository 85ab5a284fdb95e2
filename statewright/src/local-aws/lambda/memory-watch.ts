import { execFile } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

/** How often the memory of a busy environment is read, in milliseconds: reading /proc costs little. */
const INTERVAL = { proc: 20, ps: 500 };
/** How many looks pass until the processes that it has started are looked for again. */
const LOOKS_PER_SEARCH = 5;
const PAGE = 4096;

/**
 * Reports the memory of a process that leads a session, together with what it has started, in bytes, at intervals until
 * the returned function is called. Without /proc and ps it reports nothing.
 */
export function watchMemory(pid: number, found: (bytes: number) => void): () => void {
  const isLinux = process.platform === 'linux';
  const look = isLinux ? lookInProc(pid) : lookWithPs(pid);
  const timer = setInterval(() => look(found), isLinux ? INTERVAL.proc : INTERVAL.ps);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * The most memory that a process itself has used. The file stays open: to open it for every invocation costs more than
 * to read it.
 */
export class PeakMemory {
  #file: number | undefined;
  readonly #buffer = Buffer.alloc(4096);

  constructor(pid: number) {
    if (process.platform !== 'linux') return;
    try {
      this.#file = openSync(`/proc/${pid}/status`, 'r');
    } catch {
      // The process has ended.
    }
  }

  /** In bytes; 0 where it is not known. */
  read(): number {
    if (this.#file === undefined) return 0;
    try {
      const length = readSync(this.#file, this.#buffer, 0, this.#buffer.length, 0);
      const at = this.#buffer.subarray(0, length).indexOf('VmHWM:');
      return at === -1 ? 0 : Number.parseInt(this.#buffer.toString('latin1', at + 6, at + 24), 10) * 1024;
    } catch {
      return 0;
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

type Look = (found: (bytes: number) => void) => void;

function lookInProc(pid: number): Look {
  let looks = 0;
  let others: number[] = [];
  return (found) => {
    looks += 1;
    if (looks % LOOKS_PER_SEARCH === 0) others = startedBy(pid);
    // Processes share memory, which counts once: that of a fork is shared with its parent.
    if (others.length === 0) found(residentMemory(pid));
    else found([pid, ...others].map(proportionalMemory).reduce((sum, bytes) => sum + bytes, 0));
  };
}

/** The other processes of a session. They are younger than its leader. */
function startedBy(leader: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > leader && sessionOf(pid) === leader);
}

/** In /proc/PID/stat it is the fourth field after the command's name, which may have spaces and brackets. */
const sessionOf = (pid: number) => Number(readProc(pid, 'stat').split(') ').at(-1)?.split(' ')[3]);

/** Of what processes share, each has its part. The whole memory where that may not be read. */
function proportionalMemory(pid: number): number {
  const kilobytes = /^Pss:\s*(\d+)/m.exec(readProc(pid, 'smaps_rollup'))?.[1];
  return kilobytes === undefined ? residentMemory(pid) : Number(kilobytes) * 1024;
}

const residentMemory = (pid: number) => Number(readProc(pid, 'statm').split(' ')[1] ?? 0) * PAGE;

/** Empty when the process has ended. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

const lookWithPs =
  (leader: number): Look =>
  (found) => {
    execFile('ps', ['-A', '-o', 'pgid=,rss='], (error, output) => {
      if (error) return;
      const rows = output.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
      const own = rows.filter(([group]) => group === leader);
      found(own.reduce((sum, [, kilobytes = 0]) => sum + kilobytes, 0) * 1024);
    });
  };
