import { describeWith } from '../../../support/tools';
import { languages } from '../languages/languages';
import { localLambda } from '../support';

/** What a user sees of a function is the same in every language, in the words of its own client for Lambda. */
for (const language of languages) {
  describeWith(language.needs, `a function in ${language.name}`, () => {
    const { lambda, create, call } = localLambda();
    let code: Uint8Array;

    beforeAll(() => {
      code = language.package();
      const { runtime: Runtime, handler: Handler, memorySize: MemorySize } = language;
      create('works', code, { Runtime, Handler, MemorySize, Timeout: 20 });
      create('slow', code, { Runtime, Handler, MemorySize, Timeout: 1 });
    });

    afterAll(() => lambda.close());

    test('answers, and stays warm', async () => {
      const event = { action: 'echo', text: 'é ☃ 😀', list: [1, null, 2.5] };
      const cold = await call('works', event);
      expect(cold.FunctionError).toBeUndefined();
      expect(cold.value).toEqual(event);
      const warm = await call('works', event);
      expect(warm.value).toEqual(event);

      const [, version] = /^INIT_START Runtime Version: (\S+)$/m.exec(cold.log) ?? [];
      expect(version).toMatch(language.version);
      expect(cold.log).toContain('Init Duration');
      expect(warm.log).not.toContain('INIT_START');
      const [, used] = /Max Memory Used: (\d+) MB/.exec(warm.log) ?? [];
      expect(Number(used)).toBeGreaterThan(0);
      // Its own, not that of the process that serves it.
      expect(Number(used)).toBeLessThan(100);
    });

    test('raises an error', async () => {
      const answer = await call('works', { action: 'raise' });
      expect(answer.FunctionError).toBe('Unhandled');
      expect(answer.value).toEqual(language.raised);
      expect(answer.log).toContain('boom');
    });

    test('writes to its log, in order', async () => {
      const { value, log } = await call('works', { action: 'log' });
      expect(value).toBe('logged');
      const lines = log.split('\n').slice(1, -3);
      expect(lines).toEqual([
        expect.stringContaining('first line'),
        'second line',
        expect.stringContaining('to standard error'),
      ]);
    });

    test('answers too much', async () => {
      expect((await call('works', { action: 'big' })).value).toEqual({
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage:
          'Response payload size (7000002 bytes) exceeded maximum allowed payload size (6291556 bytes).',
      });
      expect((await call('works', { action: 'echo' })).value).toEqual({ action: 'echo' });
    });

    test('ends its process, and the next invocation has a new one', async () => {
      const answer = await call('works', { action: 'exit' });
      expect(answer.value).toEqual({
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(
          /^RequestId: \S+ Error: Runtime exited with error: exit status 3$/,
        ),
      });
      expect(answer.log).toContain('Error Type: Runtime.ExitError');
      expect((await call('works', { action: 'echo' })).log).toContain('INIT_START');
    });

    test('takes too long', async () => {
      const answer = await call('slow', { action: 'sleep' });
      expect(answer.value).toEqual({
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/),
      });
      expect(answer.log).toContain('Status: timeout');
    });

    test('uses too much memory', async () => {
      const answer = await call('works', { action: 'memory' });
      expect(answer.FunctionError).toBe('Unhandled');
      expect(answer.value.errorType).toMatch(language.outOfMemory);
      expect(answer.log).toMatch(/Error Type: Runtime\.(OutOfMemory|ExitError)/);
    });

    test('has a handler that does not exist', async () => {
      const { handler: Handler, package: own, error } = language.missing;
      create('missing', own ?? code, { Runtime: language.runtime, Handler, MemorySize: language.memorySize });
      const answer = await call('missing');
      expect(answer.value).toMatchObject(error);
    });

    const { broken } = language;
    if (broken) {
      test('has a syntax error', async () => {
        create('broken', code, { Runtime: language.runtime, Handler: broken.handler });
        const answer = await call('broken');
        expect(answer.value).toMatchObject(broken.error);
        expect(answer.log).toMatch(/syntax error|SyntaxError/i);
      });
    }
  });
}
