/**
 * Repeats recorded calls of the Step Functions API on a local AWS, and compares its answers with those of AWS, where the
 * recordings exist: in the folder RECORDINGS (default: ../shared/recordings, next to the project).
 *
 *     RECORDINGS=DIR npm run conformance:api
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Account } from '../../src/local-aws/account';
import { startServer } from '../../src/local-aws/server';

/** The number of answers that match; docs/local-aws.md lists the others with their reasons. */
const NEEDED = 244;

const recordings = resolve(process.env.RECORDINGS ?? join(__dirname, '../../../../shared/recordings'));
const scorer = join(recordings, 'score-api.mjs');

async function compare(): Promise<number> {
  if (!existsSync(scorer)) {
    console.log(`Skipped: no recordings found at ${scorer}. Set RECORDINGS to use another folder.`);
    return 0;
  }
  const account = new Account();
  const server = await startServer(account);
  const { exitCode, output } = await run(scorer, server.url, join(recordings, 'api.json'), '--show', '1000');
  await Promise.all([server.close(), account.close()]);
  console.log(output.trimEnd());

  const page = readFileSync(join(__dirname, '../../../docs/local-aws.md'), 'utf8');
  const differing = [...output.matchAll(/^\S+::(\S+(?:\[.*?\])?) \S+ \(\w+\):$/gm)].map(
    ([, name = '']) => name,
  );
  const unlisted = differing.filter((name) => !page.includes(`| \`${name}\` |`));
  for (const name of unlisted) console.error(`Differs, but is not listed in docs/local-aws.md: ${name}`);
  const [, matched] = /^(\d+) of \d+ recorded API answers match/m.exec(output) ?? [];
  return exitCode === 0 && Number(matched) >= NEEDED && unlisted.length === 0 ? 0 : 1;
}

function run(
  script: string,
  ...args: string[]
): Promise<{ readonly exitCode: number; readonly output: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.on('error', fail).on('close', (code) => done({ exitCode: code ?? 1, output }));
  });
}

compare().then((exitCode) => {
  process.exitCode = exitCode;
});
