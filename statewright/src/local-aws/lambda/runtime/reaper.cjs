'use strict';

/**
 * Ends what a local AWS leaves behind when it dies without a word, as by `kill -9`: it is told of processes on its
 * standard input, one to a line, `+123` when one starts and `-123` when one is gone. When that input ends, it kills
 * those that are left, with all their own children, and removes the folder that its argument names.
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
        // It is gone already.
      }
    }
    try {
      if (process.argv[2]) fs.rmSync(process.argv[2], { recursive: true, force: true });
    } catch {
      // A handler has locked up a folder of its own.
    }
  });
