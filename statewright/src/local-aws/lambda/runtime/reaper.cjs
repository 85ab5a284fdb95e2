'use strict';

/**
 * Ends what the processes of execution environments leave behind, also when the local AWS itself is killed, as by
 * `kill -9`. It reads lines from its standard input: `+123 NAME` when a process starts whose log stream has this name,
 * and `-123` when it has ended: it then kills what that one has started and left running, and answers with the line
 * `123`. When its input ends, it does this for all that are left, and removes the folder that its argument names.
 */

const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');

/** The log streams of the processes. @type {Map<number, string>} */
const streams = new Map();

/** @param {number} pid a process id; negative: a process group */
function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}

/** Kills what the processes have started: what is in their groups, and what has left them for a session of its own. */
function end(/** @type {number[]} */ pids) {
  for (const pid of pids) kill(-pid);
  // Each environment has its own log stream, whose name a process inherits with its variables.
  const marks = pids.flatMap((pid) => {
    const stream = streams.get(pid);
    return stream ? [`\0AWS_LAMBDA_LOG_STREAM_NAME=${stream}\0`] : [];
  });
  // A process may start another while this one looks.
  while (strays(marks).map(kill).length > 0);
  for (const pid of pids) streams.delete(pid);
}

/**
 * The processes that have one of the variables, and whose code is in our folder: the names of log streams are the same in
 * two processes that run the same tests. Only Linux shows them.
 * @param {string[]} marks
 */
function strays(marks) {
  if (process.platform !== 'linux') return [];
  const ours = `\0LAMBDA_TASK_ROOT=${process.argv[2]}/`;
  return fs
    .readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        const variables = `\0${fs.readFileSync(`/proc/${pid}/environ`, 'latin1')}`;
        return variables.includes(ours) && marks.some((mark) => variables.includes(mark));
      } catch {
        return false;
      }
    });
}

/** @param {string} folder */
function remove(folder) {
  try {
    unlock(folder);
    fs.rmSync(folder, { recursive: true, force: true });
  } catch {
    // It is in the system's temporary folder, and goes with what else is there.
  }
}

/** Lets files be removed from the folder: code is read-only. @param {string} folder */
function unlock(folder) {
  fs.chmodSync(folder, 0o700);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) unlock(path.join(folder, entry.name));
  }
}

readline
  .createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [pid = '', stream = ''] = line.slice(1).split(' ');
    if (line.startsWith('+')) streams.set(Number(pid), stream);
    else {
      end([Number(pid)]);
      process.stdout.write(`${pid}\n`);
    }
  })
  .on('close', () => {
    if (streams.size > 0) end([...streams.keys()]);
    if (process.argv[2]) remove(process.argv[2]);
  });

// Nobody reads the answers any more.
process.stdout.on('error', () => {});
