import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { InvalidEntrypoint } from './api-runtime';

/** ELF, "e_machine": what an executable of Linux is built for. */
const MACHINES: Readonly<Record<number, string>> = { 62: 'x86_64', 183: 'arm64' };
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'arm64' };

/** How long the first line of a script may be, in bytes. */
const HEAD = 256;

/**
 * Checks that a file can be started as a program here.
 * @param shown its path on AWS
 * @throws InvalidEntrypoint in AWS's words, and with the reason where they do not say it
 */
export function checkExecutable(file: string, shown: string): void {
  const fail = (reason: string) => new InvalidEntrypoint(`fork/exec ${shown}: ${reason}`);
  const status = statSync(file, { throwIfNoEntry: false });
  if (status === undefined) throw fail('no such file or directory');
  if (!status.isFile() || (status.mode & 0o111) === 0) throw fail('permission denied');
  const head = readHead(file);
  const interpreter = /^#![ \t]*([^ \t\n]+)/.exec(head.toString('latin1'))?.[1];
  if (interpreter !== undefined) {
    if (!statSync(interpreter, { throwIfNoEntry: false })?.isFile()) throw fail('no such file or directory');
    return;
  }
  const wrong = wrongFormat(head);
  if (wrong !== undefined) throw fail(`exec format error${wrong}`);
}

/** Why a program cannot run here; undefined when it can. */
function wrongFormat(head: Buffer): string | undefined {
  const own = ARCHITECTURES[process.arch] ?? process.arch;
  if (head.subarray(0, 4).toString('latin1') !== '\x7fELF') {
    // A program of macOS, which AWS does not run, does.
    return process.platform === 'darwin' && isMachO(head) ? undefined : '';
  }
  const machine = head[5] === 2 ? head.readUInt16BE(18) : head.readUInt16LE(18);
  const built = MACHINES[machine] ?? `the machine type ${machine}`;
  if (process.platform !== 'linux') {
    return `. It is built for Linux, and this machine runs ${process.platform}: it cannot run here.`;
  }
  if (built === own) return undefined;
  return `. It is built for ${built}, and this machine is ${own}: build it for ${own} to run it here.`;
}

const isMachO = (head: Buffer) => [0xcffaedfe, 0xcafebabe].includes(head.readUInt32BE(0));

function readHead(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(HEAD);
    readSync(descriptor, head, 0, HEAD, 0);
    return head;
  } finally {
    closeSync(descriptor);
  }
}
