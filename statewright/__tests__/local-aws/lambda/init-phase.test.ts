import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { localLambda, sharedFolder, zip } from './support';

describe('an init phase', () => {
  const { lambda, create, call, logged } = localLambda();
  const hasty = localLambda({ initTimeout: 500 });
  let folder: string;
  beforeAll(() => {
    folder = sharedFolder('init-phase-');
  });
  afterAll(async () => {
    await Promise.all([lambda.close(), hasty.lambda.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  /** A package whose code does something first when it is loaded for the first time. */
  const firstTime = (name: string, act: string) =>
    zip({
      'index.js': `
        const fs = require('fs');
        const seen = ${JSON.stringify(join(folder, name))};
        if (!fs.existsSync(seen)) { fs.writeFileSync(seen, ''); ${act} }
        exports.handler = async (event, context) => context.getRemainingTimeInMillis();`,
    });
  /** The function's log, without the parts that differ between runs. */
  const linesOf = (name: string, of = logged) =>
    of(name).map((line) =>
      line
        .replaceAll(/[0-9a-f-]{36}/g, 'ID')
        .replace(/^\S+Z\t/, '')
        .replaceAll(/\d+\.\d\d ms/g, '# ms'),
    );

  test('that fails is run again as a part of the invocation', async () => {
    create('once', firstTime('once', 'throw new RangeError("not yet")'));
    const { value, FunctionError } = await call('once');
    expect(FunctionError).toBeUndefined();
    expect(value).toBeLessThanOrEqual(3000);
    expect(linesOf('once')).toEqual([
      expect.stringMatching(/^INIT_START /),
      expect.stringMatching(/\tERROR\tInit Error \t\{"errorType":"RangeError","errorMessage":"not yet"/),
      'INIT_REPORT Init Duration: # ms\tPhase: init\tStatus: error\tError Type: RangeError\n',
      'START RequestId: ID Version: $LATEST\n',
      'END RequestId: ID\n',
      // Its time counts as the invocation's, so the line has no Init Duration.
      expect.stringMatching(/^REPORT RequestId: ID\tDuration: # ms\t.*\tMax Memory Used: \d+ MB\t\n$/),
    ]);
    // Warm now, with its whole timeout.
    expect((await call('once')).log).not.toContain('INIT');
  });

  test("that takes too long is run again within the function's timeout", async () => {
    hasty.create('slow', firstTime('slow', 'for (;;);'), { Timeout: 20 });
    expect((await hasty.call('slow')).value).toBeLessThan(20_000);
    expect(linesOf('slow', hasty.logged)).toContain(
      'INIT_REPORT Init Duration: # ms\tPhase: init\tStatus: timeout\n',
    );
  });

  test("that takes too long again uses up the function's timeout", async () => {
    hasty.create('stuck', zip({ 'index.js': 'for (;;);' }), { Timeout: 1 });
    const { value, FunctionError } = await hasty.call('stuck');
    expect(FunctionError).toBe('Unhandled');
    expect(value).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/),
    });
    expect(linesOf('stuck', hasty.logged).slice(1)).toEqual([
      'INIT_REPORT Init Duration: # ms\tPhase: init\tStatus: timeout\n',
      'INIT_REPORT Init Duration: # ms\tPhase: invoke\tStatus: timeout\n',
      'START RequestId: ID Version: $LATEST\n',
      expect.stringMatching(/ ID Task timed out after 1\.00 seconds\n\n$/),
      'END RequestId: ID\n',
      expect.stringMatching(/\tDuration: # ms\tBilled Duration: 1000 ms\t.*\tStatus: timeout\n$/),
    ]);
  });

  test("in which the process exits ends the invocation with the process's error", async () => {
    create('exits', zip({ 'index.js': 'process.exit(7)' }));
    expect((await call('exits')).value.errorMessage).toMatch(/Runtime exited with error: exit status 7$/);
    expect(linesOf('exits').slice(1)).toEqual([
      'INIT_REPORT Init Duration: # ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError\n',
      'INIT_REPORT Init Duration: # ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError\n',
      'START RequestId: ID Version: $LATEST\n',
      'RequestId: ID Error: Runtime exited with error: exit status 7\nRuntime.ExitError\n',
      'END RequestId: ID\n',
      expect.stringMatching(/\tStatus: error\tError Type: Runtime\.ExitError\n$/),
    ]);
  });

  test('is reported in JSON, in detail at the level DEBUG', async () => {
    const LoggingConfig = { LogFormat: 'JSON', SystemLogLevel: 'DEBUG' } as const;
    create('json', 'return 1', { LoggingConfig });
    create('broken', zip({ 'index.js': 'nonsense()' }), { LoggingConfig });
    await call('json');
    await call('broken');
    const platform = (name: string) =>
      logged(name)
        .map((line) => JSON.parse(line))
        .filter(({ type }) => type?.startsWith('platform.'))
        .map(({ type, record: { phase, status, errorType } }) =>
          [type.replace('platform.', ''), phase, status, errorType].filter(Boolean).join(' '),
        );
    expect(platform('json')).toEqual([
      'initStart init',
      'initRuntimeDone init success',
      'initReport init success',
      'start',
      'runtimeDone success',
      'report success',
    ]);
    expect(platform('broken')).toEqual([
      'initStart init',
      'initRuntimeDone init error ReferenceError',
      'initReport init error ReferenceError',
      'initRuntimeDone invoke error ReferenceError',
      'initReport invoke error ReferenceError',
      'start',
      'runtimeDone error ReferenceError',
      'report error ReferenceError',
    ]);
  });
});
