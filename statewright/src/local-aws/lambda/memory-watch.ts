import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How often the memory of a busy environment is read, in milliseconds: reading /proc costs little. */
const INTERVAL = { proc: 20, ps: 500 };
const PAGE = 4096;

/**
 * Reports the memory of a process, in bytes, at intervals until the returned function is called. Without /proc and ps
 * it reports nothing, and only V8's own limit applies.
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
