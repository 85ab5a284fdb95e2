import { execFileSync } from 'node:child_process';
import { strToU8, zipSync } from 'fflate';
import { warnOfOtherVersion } from '../../../../src/local-aws/lambda/runtime-api/other-version';
import { isRunning, localLambda, until } from '../support';

/** A custom runtime that does with the Runtime API what an event asks for. */
const bootstrap = (code: string) => `#!${process.execPath}
const http = require('node:http');
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');

/** Sends a request, and waits for the answer. */
function send(method, path, body = '', headers = {}, trailers) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, method, path: '/2018-06-01/runtime/' + path, headers }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() }));
    });
    request.on('error', reject);
    if (trailers) { request.write(body); request.addTrailers(trailers); request.end(); } else request.end(body);
  });
}

async function main() {
  ${code}
  for (;;) {
    const next = await send('GET', 'invocation/next');
    const id = next.headers['lambda-runtime-aws-request-id'];
    const { action, ...event } = JSON.parse(next.body);
    const respond = (value) => send('POST', 'invocation/' + id + '/response', JSON.stringify(value));
    const fail = (body, headers) => send('POST', 'invocation/' + id + '/error', body, headers);
    await (await actions[action])({ event, id, next, respond, fail });
  }
}
const actions = {
  text: ({ id }) => send('POST', 'invocation/' + id + '/response', 'not JSON'),
  textError: ({ fail }) => fail('not JSON'),
  longHeader: ({ fail }) => fail('{"errorType":"TestError"}', { 'Lambda-Runtime-Function-XRay-Error-Cause': 'x'.repeat(1_000_000) }),
  wrong: async ({ respond, id }) => {
    const wrongId = await send('POST', 'invocation/other/response', '1');
    const early = await send('GET', 'invocation/next');
    const late = await send('POST', 'init/error', '{}');
    const unknown = await send('DELETE', 'anything');
    await respond([wrongId, early, late, unknown].map(({ status }) => status));
    await respond('a second answer');
  },
  streamed: ({ id }) =>
    send('POST', 'invocation/' + id + '/response', 'partial', {
      'Lambda-Runtime-Function-Response-Mode': 'streaming', 'Transfer-Encoding': 'chunked', Trailer: 'Lambda-Runtime-Function-Error-Type',
    }, { 'Lambda-Runtime-Function-Error-Type': 'Runtime.Broken', 'Lambda-Runtime-Function-Error-Body': Buffer.from('{"errorType":"Broken"}').toString('base64') }),
  headers: ({ respond, next }) => respond(next.headers),
  environment: ({ respond }) => respond(Object.keys(process.env)),
  exitAfter: async ({ respond, event }) => { await respond('answered'); process.exit(event.status); },
  failAfter: async ({ fail, event }) => { await fail('{"errorType":"TestError"}'); process.exit(event.status); },
  frames: async ({ respond }) => {
    const frame = (text) => {
      const head = Buffer.alloc(16);
      head.writeUInt32BE(0xa55a0003, 0);
      head.writeUInt32BE(Buffer.byteLength(text), 4);
      return Buffer.concat([head, Buffer.from(text)]);
    };
    const write = (bytes) => require('node:fs').writeSync(Number(process.env._LAMBDA_TELEMETRY_LOG_FD), bytes);
    write('before ');
    write(frame('one event\\nwith two lines'));
    write(frame('another'));
    write(Buffer.from('a55a0003ffffffff0a', 'hex'));
    write('after\\n');
    await respond(null);
  },
  many: async ({ respond }) => { console.log('line\\n'.repeat(8_000)); await respond(null); },
  child: async ({ respond }) => {
    const code = 'const held = Buffer.alloc(200_000_000, 1); setTimeout(() => held, 60_000);';
    require('node:child_process').spawn(process.execPath, ['-e', code], { stdio: 'ignore' });
    setTimeout(() => respond(null), 30_000);
    await new Promise(() => {});
  },
  pids: async ({ respond }) => {
    const child = require('node:child_process').spawn('sleep', ['600'], { stdio: 'ignore' });
    await respond([process.pid, child.pid]);
  },
};
main();
`;

const program = (text: string | Uint8Array, mode = 0o755) =>
  zipSync({ bootstrap: [typeof text === 'string' ? strToU8(text) : text, { os: 3, attrs: mode << 16 }] });

const Runtime = 'provided.al2023';
const { lambda, create, call, logged } = localLambda();
afterAll(() => lambda.close());

describe('a runtime that speaks the Runtime API', () => {
  beforeAll(() => {
    create('custom', program(bootstrap('')), {
      Runtime,
      Timeout: 20,
    });
  });
  const run = async (action: string, event: object = {}, more: object = {}) => {
    const Payload = JSON.stringify({ action, ...event });
    const answer = await lambda.invoke({ FunctionName: 'custom', Payload, LogType: 'Tail', ...more });
    return { ...answer, log: Buffer.from(answer.LogResult ?? '', 'base64').toString() };
  };

  test('answers with any text', async () => {
    expect(await run('text')).toMatchObject({ Payload: 'not JSON' });
    expect(await run('textError')).toMatchObject({ Payload: 'not JSON', FunctionError: 'Unhandled' });
  });

  test('sends a header of 1 MB', async () => {
    expect((await run('longHeader')).Payload).toBe('{"errorType":"TestError"}');
  });

  test('is refused what is wrong, and works on', async () => {
    expect((await run('wrong')).Payload).toBe('[400,403,403,404]');
    expect((await run('text')).Payload).toBe('not JSON');
  });

  test('ends a streamed response with an error', async () => {
    expect(await run('streamed')).toMatchObject({
      Payload: '{"errorType":"Broken"}',
      FunctionError: 'Unhandled',
    });
  });

  test('receives the invocation in headers, whatever is in the client context', async () => {
    const context = { custom: { text: 'é ☃ 😀 \x7f \n' } };
    const ClientContext = Buffer.from(JSON.stringify(context)).toString('base64');
    const headers = JSON.parse((await run('headers', {}, { ClientContext })).Payload);
    expect(headers).toMatchObject({
      'lambda-runtime-aws-request-id': expect.stringMatching(/^[-0-9a-f]{36}$/),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:custom',
      'lambda-runtime-trace-id': expect.stringMatching(/^Root=1-/),
      'lambda-runtime-deadline-ms': expect.stringMatching(/^\d{13}$/),
    });
    const text = Buffer.from(headers['lambda-runtime-client-context'], 'latin1').toString();
    expect(JSON.parse(text)).toEqual(context);
  });

  test('sees no variable of the process that serves it', async () => {
    process.env.NOT_FOR_FUNCTIONS = 'secret';
    const names: string[] = JSON.parse((await run('environment')).Payload);
    expect(names).toEqual(expect.arrayContaining(['AWS_LAMBDA_RUNTIME_API', '_HANDLER', 'AWS_REGION']));
    // PWD is the shell's.
    const own = /^(AWS_|_?LAMBDA_|_HANDLER$|LANG$|TZ$|PATH$|LD_LIBRARY_PATH$|TMPDIR$|PWD$|_$|SHLVL$|OLDPWD$)/;
    expect(names.filter((name) => !own.test(name))).toEqual([]);
  });

  test.each([
    ['exitAfter', '"answered"', undefined],
    ['failAfter', '{"errorType":"TestError"}', 'Unhandled'],
  ])(
    'that ends after its answer is logged, and the answer stays (%s)',
    async (action, Payload, FunctionError) => {
      const answer = await run(action, { status: 7 });
      expect(answer).toMatchObject({ Payload });
      expect(answer.FunctionError).toBe(FunctionError);
      expect(answer.log).toContain('Error: Runtime exited with error: exit status 7\nRuntime.ExitError\n');
      expect(answer.log).toMatch(/REPORT .*Status: error\tError Type: Runtime\.ExitError/);
    },
  );

  test('writes events of several lines to its log', async () => {
    const { log } = await run('frames');
    expect(log).toContain('\nbefore \none event\nwith two lines\nanother\n');
    expect(log).toContain('\nafter\n');
    expect(logged('custom')).toContain('one event\nwith two lines\n');
  });

  test('writes thousands of lines, and all of them are logged before the end', async () => {
    const { log } = await run('many');
    expect(log).toMatch(/line\nEND RequestId/);
    expect(logged('custom').filter((line) => line === 'line\n')).toHaveLength(8_000);
  });

  test('is killed when a process that it started uses too much memory', async () => {
    const { Payload, log } = await run('child');
    expect(JSON.parse(Payload).errorType).toBe('Runtime.ExitError');
    expect(log).toContain('Error Type: Runtime.OutOfMemory');
  });

  test('is stopped between invocations, with what it started, and leaves nothing running', async () => {
    const pids: number[] = JSON.parse((await run('pids')).Payload);
    expect(pids.map(isRunning)).toEqual([true, true]);
    const stopped = (pid: number) =>
      execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('T');
    await until(() => pids.every(stopped));
    lambda.deleteFunction({ FunctionName: 'custom' });
    await until(() => !pids.some(isRunning));
  });
});

describe('a runtime that cannot begin', () => {
  test('reports why, and runs its init phase once more for the invocation', async () => {
    const report = '{"errorType":"Runtime.NoDatabase","errorMessage":"not reachable"}';
    create(
      'unready',
      program(
        bootstrap(
          `console.log('beginning'); await send('POST', 'init/error', '${report}', { 'Lambda-Runtime-Function-Error-Type': 'Runtime.NoDatabase' }); await new Promise(() => setTimeout(() => {}, 60_000));`,
        ),
      ),
      { Runtime },
    );
    const answer = await call('unready');
    expect(answer.Payload).toBe(report);
    expect(answer.log.match(/beginning\nINIT_REPORT .*Error Type: Runtime\.NoDatabase/g)).toHaveLength(2);
  });

  const elf = (machine: number) => {
    const head = Buffer.alloc(64);
    head.write('\x7fELF\x02\x01', 'latin1');
    head.writeUInt16LE(machine, 18);
    return head;
  };
  const [other, own] = process.arch === 'arm64' ? ([62, 'x86_64'] as const) : ([183, 'arm64'] as const);
  test.each([
    [
      'for another architecture',
      elf(other),
      0o755,
      `exec format error. It is built for ${own}, and this machine is`,
    ],
    ['without a mode to execute it', '#!/bin/sh\n', 0o644, 'permission denied'],
    ['for an interpreter that does not exist', '#!/bin/sh\r\n', 0o755, 'no such file or directory'],
    ['that is plain text', 'echo hello', 0o755, 'exec format error'],
  ])('because of a program %s says so', async (_, text, mode, reason) => {
    create('invalid', program(text, mode), { Runtime });
    const { value } = await call('invalid');
    lambda.deleteFunction({ FunctionName: 'invalid' });
    expect(value).toEqual({
      errorType: 'Runtime.InvalidEntrypoint',
      errorMessage: expect.stringContaining(`Error: fork/exec /var/task/bootstrap: ${reason}`),
    });
  });

  test('because a part of it is not installed is a warning when it is created, and says what to do when it is called', async () => {
    const { lambda, create, call } = localLambda({ runtimeFolders: { javaRuntime: '/does/not/exist' } });
    const warning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    create('coffee', program('x'), { Runtime: 'java21' });
    const reason =
      /^The function coffee cannot run\. The runtime java21 needs (AWS's runtime interface client for Java, which is not in \/does\/not\/exist\. Fetch it: mvn |a program that was not found: )/;
    await expect(call('coffee')).rejects.toMatchObject({
      code: 'InvalidRuntimeException',
      message: expect.stringMatching(reason),
    });
    expect(warning.mock.calls).toEqual([[expect.stringMatching(reason)]]);
    warning.mockRestore();
    await lambda.close();
  });
});

test.each([
  ['nodejs22.x', 'nodejs20.20.2', 'Node.js functions of the runtime nodejs22.x run on nodejs20.20.2 here.'],
  ['nodejs20.x', 'nodejs20.20.2', undefined],
  ['python3.1', 'python3.11.2', 'Python functions of the runtime python3.1 run on python3.11.2 here.'],
  ['java8.al2', 'java8', undefined],
])('the runtime %s on %s', (runtime, actual, text) => {
  const warning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  warnOfOtherVersion(runtime, actual, runtime.startsWith('python') ? 'Python' : 'Node.js');
  expect(warning.mock.calls).toEqual(text === undefined ? [] : [[text]]);
  warning.mockRestore();
});
