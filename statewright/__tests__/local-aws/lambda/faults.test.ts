import fs from 'node:fs';
import { handlerZip, localLambda, zip } from './support';

/** What a row of the table expects: the answer's error, and lines in the log. */
interface Fault {
  readonly code: string | Uint8Array;
  readonly errorType: string;
  readonly errorMessage: string | RegExp;
  readonly log?: string | RegExp;
  readonly more?: {
    readonly Timeout?: number;
    readonly MemorySize?: number;
    readonly Runtime?: string;
    readonly Handler?: string;
  };
}

const exited = (how: string) => new RegExp(`^RequestId: [0-9a-f-]{36} Error: Runtime exited ${how}$`);

const faults: Record<string, Fault> = {
  'throws an error of its own': {
    code: 'class TestError extends Error { name = "TestError" } throw new TestError("bad")',
    errorType: 'TestError',
    errorMessage: 'bad',
    log: /\tERROR\tInvoke Error \t\{"errorType":"TestError","errorMessage":"bad".*"stack":\["TestError: bad"/,
  },
  'throws an error with a code': {
    code: 'throw Object.assign(new Error("bad"), { name: "Coded", more: new TypeError("inner"), code: "E1" })',
    errorType: 'Coded',
    errorMessage: 'bad',
    log: /\{"errorType":"Coded","errorMessage":"bad","code":"E1","name":"Coded","more":\{"errorType":"TypeError","errorMessage":"inner","stack":\[.*\]\},"stack":\[/,
  },
  'throws an error without a stack': {
    code: 'throw Object.assign(new Error("bare"), { stack: undefined })',
    errorType: 'Error',
    errorMessage: 'bare',
    log: '\tInvoke Error \t{"errorType":"Error","errorMessage":"bare"}\n',
  },
  'throws an error without a stack, before nodejs24.x': {
    code: 'throw Object.assign(new Error("bare"), { stack: undefined })',
    errorType: 'handled',
    errorMessage: /^callback called with Error argument, but there was a problem/,
    more: { Runtime: 'nodejs22.x' },
  },
  'throws a string': {
    code: 'throw "boom"',
    errorType: 'string',
    errorMessage: 'boom',
    // AWS shows its own files, at the same paths.
    log: /\tInvoke Error \t\{"errorType":"Error","errorMessage":"boom","stack":\["Error: boom",(" {4}at [^/"]*\(?(file:\/\/\/var\/runtime\/|node:|\/var\/task\/)[^"]*",?)+\]\}\n/,
  },
  'throws what looks like an error, before nodejs24.x': {
    code: 'throw { name: "Duck", message: "quack", stack: "Duck: quack" }',
    errorType: 'Duck',
    errorMessage: 'quack',
    more: { Runtime: 'nodejs20.x' },
  },
  'throws null': { code: 'throw null', errorType: 'object', errorMessage: 'null' },
  'throws null, before nodejs24.x': {
    code: 'throw null',
    errorType: 'string',
    errorMessage: 'handled',
    more: { Runtime: 'nodejs22.x' },
  },
  'throws an object': { code: 'throw { a: 1 }', errorType: 'object', errorMessage: '[object Object]' },
  'leaves a rejection unhandled': {
    code: 'Promise.reject(new Error("lost")); await new Promise(() => setTimeout(() => {}, 60000))',
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: 'Error: lost',
    log: /Unhandled Promise Rejection \t\{"errorType":"Runtime.UnhandledPromiseRejection","errorMessage":"Error: lost",.*"reason":\{"errorType":"Error","errorMessage":"lost","stack":\["Error: lost".*\]\},"promise":\{\},"stack":\["Runtime.UnhandledPromiseRejection: Error: lost",.*\nRequestId: .* Error: Runtime exited with error: exit status 128\nRuntime.ExitError\n/,
  },
  'throws an uncaught error': {
    code: 'setTimeout(() => { throw new TypeError("late") }); await new Promise(() => setTimeout(() => {}, 60000))',
    errorType: 'TypeError',
    errorMessage: 'late',
    log: 'exit status 129',
  },
  exits: {
    code: 'process.exit(3)',
    errorType: 'Runtime.ExitError',
    errorMessage: exited('with error: exit status 3'),
    log: /\tStatus: error\tError Type: Runtime.ExitError\n$/,
  },
  'exits without an error': {
    code: 'process.exit()',
    errorType: 'Runtime.ExitError',
    errorMessage: exited('without providing a reason'),
  },
  'kills itself': {
    code: 'process.kill(process.pid, "SIGTERM"); for (;;);',
    errorType: 'Runtime.ExitError',
    errorMessage: exited('with error: signal: terminated'),
  },
  'writes to its log before it exits': {
    code: 'console.log("a"); process.stdout.write("b\\nc"); process.exit(1)',
    errorType: 'Runtime.ExitError',
    errorMessage: /./,
    log: /\tINFO\ta\n(.*\n)*b\nc\n/,
  },
  'loops forever': {
    code: 'for (;;);',
    errorType: 'Sandbox.Timedout',
    errorMessage: /^RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds$/,
    log: /\nREPORT .*\tDuration: 1000.00 ms\t.*\tStatus: timeout\n$/,
    more: { Timeout: 1 },
  },
  'fills its heap': {
    code: 'const all = []; for (;;) all.push(Array.from({ length: 1e4 }, (_, i) => ({ i })))',
    errorType: 'Runtime.ExitError',
    errorMessage: exited('with error: signal: killed'),
    log: /\tMax Memory Used: 128 MB\t.*\tStatus: error\tError Type: Runtime.OutOfMemory\n$/,
    more: { Timeout: 60 },
  },
  'fills memory outside its heap': {
    code: 'const all = []; for (;;) { all.push(Buffer.alloc(1e6, 1)); await null }',
    errorType: 'Runtime.ExitError',
    errorMessage: exited('with error: signal: killed'),
    more: { Timeout: 60 },
  },
  'waits forever': {
    code: 'await new Promise(() => {})',
    errorType: 'Runtime.ExitError',
    errorMessage: exited('without providing a reason'),
  },
  'waits forever, before nodejs24.x': {
    code: 'await new Promise(() => {})',
    errorType: 'Runtime.NodeJsExit',
    errorMessage: /a Promise that was never settled/,
    more: { Runtime: 'nodejs22.x' },
  },
  'returns a value that JSON cannot represent': {
    code: 'return 1n',
    errorType: 'Runtime.JSONStringifyError',
    errorMessage: 'Unable to stringify response body',
  },
  'returns a circular object, before nodejs24.x': {
    code: 'const a = {}; a.a = a; return a',
    errorType: 'Error',
    errorMessage: 'Unable to stringify response body',
    more: { Runtime: 'nodejs22.x' },
  },
  'returns more than 6 MB': {
    code: 'return "x".repeat(6_291_556)',
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage:
      'Response payload size (6291558 bytes) exceeded maximum allowed payload size (6291556 bytes).',
    log: /\[ERROR\] \[\d+\] LAMBDA_RUNTIME Failed to post handler success response\. Http response code: 413\.\n/,
  },
  'closes the file that it answers on': {
    code: 'for (let fd = 3; fd < 64; fd++) try { require("fs").closeSync(fd) } catch {}',
    errorType: 'Runtime.ExitError',
    errorMessage: /Runtime exited/,
  },
  'does not have the module of its handler': {
    code: zip({ 'other.js': '' }),
    errorType: 'Runtime.ImportModuleError',
    errorMessage: /^Error: Cannot find module 'index'\nRequire stack:\n/,
    log: /\nINIT_REPORT .*\tPhase: init\tStatus: error\tError Type: Runtime.ImportModuleError\n.*\tInit Error .*\nINIT_REPORT .*\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError\nSTART .*\nEND .*\nREPORT .*\tStatus: error\tError Type: Runtime.ImportModuleError\n$/,
  },
  'requires a missing module': {
    code: zip({ 'index.js': 'require("left-pad")' }),
    errorType: 'Runtime.ImportModuleError',
    errorMessage: /^Error: Cannot find module 'left-pad'\nRequire stack:\n- \/var\/task\/index.js/,
  },
  'does not export its handler': {
    code: zip({ 'index.js': '' }),
    errorType: 'Runtime.HandlerNotFound',
    errorMessage: 'index.handler is undefined or not exported',
  },
  'exports a handler that is not a function': {
    code: zip({ 'index.js': 'exports.handler = 1' }),
    errorType: 'Runtime.HandlerNotFound',
    errorMessage: 'index.handler is not a function',
  },
  'has a syntax error': {
    code: handlerZip('return 1 +'),
    errorType: 'Runtime.UserCodeSyntaxError',
    errorMessage: /^SyntaxError: Unexpected token/,
    log: /\tInit Error \t\{"errorType":"Runtime.UserCodeSyntaxError","errorMessage":"SyntaxError: [^"]*","name":"Runtime.UserCodeSyntaxError","stack":\["\/var\/task\/index.js:1"/,
  },
  'has a syntax error, before nodejs24.x': {
    code: handlerZip('return 1 +'),
    errorType: 'Runtime.UserCodeSyntaxError',
    errorMessage: /^SyntaxError: Unexpected token/,
    log: /\tUncaught Exception \t\{"errorType":"Runtime.UserCodeSyntaxError","errorMessage":"SyntaxError: [^"]*","stack":\["Runtime.UserCodeSyntaxError: SyntaxError: [^"]*"," {4}at loadModule \(file:\/\/\/var\/runtime\/index.mjs:/,
    more: { Runtime: 'nodejs22.x' },
  },
  'exports its handler in a default export, before nodejs24.x': {
    code: zip({ 'index.mjs': 'export default { handler: async () => 1 }' }),
    errorType: 'Runtime.HandlerNotFound',
    errorMessage: 'index.handler is undefined or not exported',
    more: { Runtime: 'nodejs20.x' },
  },
  'has a syntax error in a module': {
    code: zip({ 'index.mjs': 'export const handler = 1 +' }),
    errorType: 'Runtime.UserCodeSyntaxError',
    errorMessage: /^SyntaxError/,
  },
  'fails while it starts': {
    code: zip({ 'index.js': 'throw new RangeError("no")' }),
    errorType: 'RangeError',
    errorMessage: 'no',
  },
  'exits while it starts': {
    code: zip({ 'index.js': 'process.exit(7)' }),
    errorType: 'Runtime.ExitError',
    errorMessage: exited('with error: exit status 7'),
  },
  'takes a callback, which nodejs24.x does not support': {
    code: zip({ 'index.js': 'exports.handler = (event, context, callback) => callback(null, 1)' }),
    errorType: 'Runtime.CallbackHandlerDeprecated',
    errorMessage: /has removed support for callback-based function handlers/,
  },
  'has a handler without a dot': {
    code: '',
    errorType: 'Runtime.MalformedHandlerName',
    errorMessage: 'Bad handler',
    more: { Handler: 'index' },
  },
  'has a handler outside its folder': {
    code: '',
    errorType: 'Runtime.MalformedHandlerName',
    errorMessage: /is not a valid handler name/,
    more: { Handler: '../index.handler' },
  },
};

describe('a function that', () => {
  const { lambda, create, call } = localLambda({ maxEnvironments: 2 });
  afterAll(() => lambda.close());

  test.each(Object.entries(faults).map(([name, fault], at) => [name, `fault-${at}`, fault] as const))(
    '%s',
    async (_, name, { code, errorType, errorMessage, log, more }) => {
      create(name, code, more);
      const answer = await call(name);
      expect(answer).toMatchObject({
        StatusCode: 200,
        FunctionError: 'Unhandled',
        ExecutedVersion: '$LATEST',
      });
      expect(answer.value.errorType).toBe(errorType);
      if (typeof errorMessage === 'string') expect(answer.value.errorMessage).toBe(errorMessage);
      else expect(answer.value.errorMessage).toMatch(errorMessage);
      expect(answer.log).toMatch(log ?? 'REPORT');
    },
  );

  test('failed once works again, in a new environment', async () => {
    create('again', 'if (event.exit) process.exit(1); return process.pid');
    const first = await call('again');
    expect((await call('again', { exit: true })).FunctionError).toBe('Unhandled');
    const third = await call('again');
    expect(third.FunctionError).toBeUndefined();
    expect(third.value).not.toBe(first.value);
  });

  test('does not fit on the disk runs when there is space', async () => {
    create('waits', 'return "runs"');
    const full = jest.spyOn(fs, 'writeFileSync').mockImplementation(() => {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    });
    await expect(call('waits')).rejects.toMatchObject({
      code: 'InsufficientStorage',
      message: expect.stringMatching(/^The disk has no space left for the code in /),
    });
    full.mockRestore();
    expect((await call('waits')).value).toBe('runs');
  });

  test('writes to the file of its reports does no harm', async () => {
    create('meddler', 'require("fs").writeSync(4, `null\\n{}\\n{"type":"error"}\\nnoise\\n`); return "fine"');
    const answer = await call('meddler');
    expect(answer.value).toBe('fine');
    expect(answer.log).toContain('\nnoise\n');
  });

  test('has another runtime exists, but does not run', async () => {
    create('snake', '', { Runtime: 'python2.7' });
    const refusal = {
      code: 'InvalidRuntimeException',
      message: 'The function snake cannot run. The runtime python2.7 does not run here: only Python 3 does.',
    };
    await expect(call('snake')).rejects.toMatchObject(refusal);
    // If an event were accepted, nothing would report the error.
    const event = { FunctionName: 'snake', InvocationType: 'Event' } as const;
    await expect(lambda.invoke(event)).rejects.toMatchObject(refusal);
  });
});
