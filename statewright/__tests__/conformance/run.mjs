#!/usr/bin/env node
// Compares the engine with executions recorded from AWS, if the recordings exist:
// in the folder RECORDINGS (default: ../shared/recordings, next to the project).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The number of recordings that match; docs/states-language.md lists the others with their reasons. */
const NEEDED = 612;

const here = path.dirname(fileURLToPath(import.meta.url));
const recordings = path.resolve(process.env.RECORDINGS ?? path.join(here, '../../../../shared/recordings'));
const scorer = path.join(recordings, 'score.mjs');

if (!existsSync(scorer)) {
  console.log(`Skipped: no recordings found at ${recordings}. Set RECORDINGS to use another folder.`);
  process.exit(0);
}

const scratch = mkdtempSync(path.join(os.tmpdir(), 'conformance-'));

/** Scores one adapter. Returns the scorer's text, and a row for each recording. */
function score(adapter) {
  const rowsFile = path.join(scratch, `${adapter}.json`);
  const args = [
    path.join(here, adapter),
    path.join(recordings, 'recordings.json'),
    ...process.argv.slice(2),
    '--json',
    rowsFile,
  ];
  const { stdout, status } = spawnSync(process.execPath, ['--import', 'tsx', scorer, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
  });
  return { stdout, rows: status === 0 ? JSON.parse(readFileSync(rowsFile, 'utf8')) : [] };
}

const { stdout, rows } = score('adapter.ts');
process.stdout.write(stdout);
// A replay knows only the events, and reproduces each history that the engine matches with the recorder's own results.
const replays = new Map(score('replay-adapter.ts').rows.map(({ id, pass }) => [id, pass]));
rmSync(scratch, { recursive: true });

/** The test's name in a recording's id: `folder/file.py::Class::name[case]#what`. */
const testName = (id) => id.replace(/^.*::/, '').replace(/#.*$/, '');
const page = readFileSync(path.join(here, '../../../docs/states-language.md'), 'utf8');
const unlisted = rows.filter(({ id, pass }) => !pass && !page.includes(`| \`${testName(id)}\` |`));
for (const { id } of unlisted) console.error(`Differs, but is not listed in docs/states-language.md: ${id}`);

const matching = rows.filter(({ pass }) => pass);
const notReplayed = matching.filter(({ id }) => !replays.get(id));
for (const { id } of notReplayed) console.error(`Matches, but its replay differs: ${id}`);
console.log(`${matching.length - notReplayed.length} of these match as replays of their histories`);

process.exit(matching.length >= NEEDED && unlisted.length === 0 && notReplayed.length === 0 ? 0 : 1);
