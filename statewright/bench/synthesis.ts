/** Seconds to synthesize 1, 10, 100 and 1,000 state machines (whole process): our construct and the stock template. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printTable } from './table';

const ours = ['node', '--require', '../source.cjs', 'constructs.ts'];
const stock = ['npx', 'ts-node', '--project', 'stock/tsconfig.json', 'stock/main.ts'];

/** The better time of two, in seconds. */
function seconds([command = '', ...args]: readonly string[], count: number): number {
  const times = [0, 1].map(() => {
    const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
    const start = performance.now();
    const { status } = spawnSync(command, args, {
      cwd: __dirname,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, COUNT: String(count), OUTDIR: outdir },
    });
    const elapsed = (performance.now() - start) / 1000;
    rmSync(outdir, { recursive: true });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${status}`);
    return elapsed;
  });
  return Math.min(...times);
}

const counts = [1, 10, 100, 1000];
const rows = counts.map((count) => ({ count, mine: seconds(ours, count), theirs: seconds(stock, count) }));
const first = rows[0] ?? { mine: 0 };
printTable(
  ['state machines', 'this project (s)', 'stock template (s)', 'ratio', 'ms per further machine'],
  rows.map(({ count, mine, theirs }) => [
    String(count),
    mine.toFixed(2),
    theirs.toFixed(2),
    `${(theirs / mine).toFixed(1)}×`,
    count === 1 ? '' : (((mine - first.mine) / (count - 1)) * 1000).toFixed(2),
  ]),
);
