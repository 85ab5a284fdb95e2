import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How often the memory of a working environment is looked at, in milliseconds: a look costs little where there is /proc. */
const INTERVAL = { proc: 20, ps: 500 };
const PAGE = 4096;

/**
 * Tells how much memory a process holds, in bytes, now and then until the returned function is called. Where that cannot
 * be seen, nothing is told, and only V8's own limit holds.
 */
export function watchMemory(pid: number, found: (bytes: number) => void): () => void {
  const isLinux = process.platform === 'linux';
  const look = isLinux ? lookInProc : lookWithPs;
  const timer = setInterval(() => look(pid, found), isLinux ? INTERVAL.proc : INTERVAL.ps);
  timer.unref();
  return () => clearInterval(timer);
}

type Look = (pid: number, found: (bytes: number) => void) => void;

const lookInProc: Look = (pid, found) => {
  try {
    const resident = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1];
    found(Number(resident) * PAGE);
  } catch {
    // The process has ended.
  }
};

const lookWithPs: Look = (pid, found) => {
  execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, output) => {
    if (!error) found(Number(output) * 1024);
  });
};
