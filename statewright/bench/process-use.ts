import { readFileSync } from 'node:fs';

/** What a process has used since its start; Linux only (proc(5)). */
export interface ProcessUse {
  /** CPU time in milliseconds. */
  readonly cpu: number;
  /** The peak of its memory in MB. */
  readonly memory: number;
}

const TICK = 10;

/** NaN on systems without /proc. */
export function useOf(pid: number): ProcessUse {
  try {
    // The name of the program, in parentheses, may contain spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const [, peak] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return { cpu: (Number(fields[11]) + Number(fields[12])) * TICK, memory: Number(peak) / 1024 };
  } catch {
    return { cpu: Number.NaN, memory: Number.NaN };
  }
}
