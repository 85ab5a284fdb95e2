'use strict';

/**
 * Ends what a local AWS leaves behind when it is killed, as by `kill -9`. It reads process ids from its standard input,
 * one per line: `+123` when a process starts, `-123` when it has ended. When that input ends, it kills those that are
 * left, with all their children, and removes the folder that its argument names.
 */

const fs = require('node:fs');
const readline = require('node:readline');

/** @type {Set<number>} */
const groups = new Set();

readline
  .createInterface({ input: process.stdin })
  .on('line', (line) => {
    const group = Math.abs(Number(line));
    if (line.startsWith('+')) groups.add(group);
    else groups.delete(group);
  })
  .on('close', () => {
    for (const group of groups) {
      try {
        process.kill(-group, 'SIGKILL');
      } catch {
        // It has already ended.
      }
    }
    try {
      if (process.argv[2]) fs.rmSync(process.argv[2], { recursive: true, force: true });
    } catch {
      // A handler has removed the permissions of a folder.
    }
  });
