import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CoverageReport } from '../../../src/testing/state-coverage/report';
import {
  CoverageReporter,
  type ReporterOptions,
  type RunConfig,
} from '../../../src/testing/state-coverage/reporter';

const root = resolve(__dirname, '../../../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coverage-reporter-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs jest over the two fixture files, with the reporter. */
function runJest(options: ReporterOptions, ...more: string[]) {
  const config = {
    ...require(join(root, 'jest.config.js')),
    rootDir: root,
    testMatch: ['**/fixture/*.fixture.ts'],
    reporters: [
      [
        './statewright/src/testing/coverage-reporter.cjs',
        { file: join(folder, 'coverage.json'), ...options },
      ],
    ],
  };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/jest/bin/jest.js'), '--config', JSON.stringify(config), ...more],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, JEST_WORKER_ID: undefined, STATE_MACHINE_COVERAGE: undefined },
    },
  );
  const report = () => JSON.parse(readFileSync(join(folder, 'coverage.json'), 'utf8')) as CoverageReport;
  return { status, stdout, stderr, report };
}

describe('in a run of jest', () => {
  test('merges what the workers wrote, shows the table, writes JSON', () => {
    const options = { threshold: { catch: 50, retry: 50 }, stateMachines: ['payment'] };
    const { status, stdout, report } = runJest(options, '--maxWorkers=2');
    expect(stdout).toMatch(/payment +2 +3\/4 +3\/3 +- +1\/2 +1\/2 +72\.72 %/);
    expect(stdout).toContain('  Charge: States.ALL → GiveUp  (/States/Charge/Catch[1])');
    expect(report().summary.all).toEqual({ found: 11, hit: 8 });
    expect(report().stateMachines.map(({ name, executions }) => [name, executions])).toEqual([
      ['payment', 2],
    ]);
    expect(status).toBe(0);
  });

  test('fails when the threshold is not reached, also in one process', () => {
    const { status, stdout, report } = runJest({ threshold: 100 }, '--runInBand');
    expect(stdout).toContain('payment, all: 8 of 11 exercised, 72.72 %; at least 100 % are needed');
    expect(stdout).toContain('other, all: 0 of 1 exercised, 0 %; at least 100 % are needed');
    expect(stdout.match(/Charge: States.ALL → GiveUp {2}\(\/States\/Charge\/Catch\[1\]\)/g)).toHaveLength(1);
    expect(report().stateMachines).toHaveLength(2);
    expect(status).toBe(1);
  });
});

describe('when only some of the tests run', () => {
  function missedThreshold(config: Omit<RunConfig, 'rootDir'>, wasInterrupted = false): Error | undefined {
    const { STATE_MACHINE_COVERAGE: before } = process.env;
    const shown = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const options = { threshold: 100, stateMachines: ['never deployed'] };
      const reporter = new CoverageReporter({ rootDir: folder, ...config }, options);
      reporter.onRunStart();
      reporter.onRunComplete(undefined, { wasInterrupted });
      return reporter.getLastError();
    } finally {
      shown.mockRestore();
      if (before === undefined) delete process.env.STATE_MACHINE_COVERAGE;
      else process.env.STATE_MACHINE_COVERAGE = before;
    }
  }

  test.each<Omit<RunConfig, 'rootDir'>>([
    { testNamePattern: 'declined' },
    { testPathPatterns: { patterns: ['paid'] } },
    { onlyChanged: true },
    { onlyFailures: true },
    { findRelatedTests: true },
    { shard: { shardIndex: 1, shardCount: 2 } },
  ])('%j: the threshold is not checked', (config) => expect(missedThreshold(config)).toBeUndefined());

  const whole = { testPathPatterns: { patterns: [] }, onlyChanged: false };

  test('an interrupted run: the threshold is not checked', () =>
    expect(missedThreshold(whole, true)).toBeUndefined());

  test('a whole run: the threshold is checked', () => {
    expect(missedThreshold(whole)?.message).toContain('never deployed: no test deploys it');
  });
});

test('with --json, standard output has only the results', () => {
  const { stdout, stderr } = runJest({}, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ success: true });
  expect(stderr).toContain('State machine coverage');
});

test('a run of some tests without a state machine shows and writes nothing', () => {
  const { status, stdout, report } = runJest(
    { threshold: 100 },
    '--testPathPatterns=none',
    '--passWithNoTests',
  );
  expect(status).toBe(0);
  expect(stdout).not.toMatch(/coverage/i);
  expect(report).toThrow('ENOENT');
});

describe('options', () => {
  test.each<[object, string]>([
    [{ treshold: 100 }, 'The coverage reporter has no option "treshold". Did you mean "threshold"?'],
    [
      { verbose: true },
      'The coverage reporter has no option "verbose". Choose one of: "threshold", "file", "stateMachines".',
    ],
    [{ threshold: 120 }, 'The coverage threshold all: 120 is not a percentage from 0 to 100.'],
  ])('%j is refused', (options, message) => {
    expect(() => new CoverageReporter({ rootDir: folder }, options)).toThrow(message);
  });
});
