import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFlags } from '../../../src/local-aws/lambda/node-program';
import { localLambda, sharedFolder, zip } from './support';

describe('the Node.js runtime', () => {
  const { lambda, create, call } = localLambda({ maxEnvironments: 2 });
  afterAll(() => lambda.close());

  test('logs undefined for a console call without arguments', async () => {
    create('silent', 'console.log(); console.error(); return 1');
    const { log } = await call('silent');
    expect(log).toMatch(/\tINFO\tundefined\n.*\tERROR\tundefined\n/);
  });

  test('answers null for a promise that never settles, in nodejs20.x', async () => {
    create('forever', 'await new Promise(() => {})', { Runtime: 'nodejs20.x' });
    expect(await call('forever')).toMatchObject({ value: null });
  });

  test('finds the handler in a default export, from nodejs24.x', async () => {
    create('default', zip({ 'index.mjs': 'export default { handler: async () => "found" }' }));
    expect((await call('default')).value).toBe('found');
  });

  describe('with awslambda.streamifyResponse', () => {
    const streaming = (name: string, body: string, more = {}) =>
      create(
        name,
        zip({
          'index.js': `exports.handler = awslambda.streamifyResponse(async (event, stream, context) => { ${body} });`,
        }),
        more,
      );

    test('answers a plain Invoke with the text of the whole response', async () => {
      streaming('text', 'stream.write("one, "); stream.write({ two: 2 }); stream.end();');
      const answer = await lambda.invoke({ FunctionName: 'text', Payload: '{}' });
      expect(answer).toMatchObject({ StatusCode: 200, Payload: 'one, {"two":2}' });
    });

    test('writes the metadata of an HTTP response before its body', async () => {
      streaming(
        'http',
        `const body = awslambda.HttpResponseStream.from(stream, { statusCode: 201 });
         const { pipeline } = require('node:stream/promises');
         await pipeline([Buffer.from(event.text)], body);`,
      );
      const { Payload } = await lambda.invoke({ FunctionName: 'http', Payload: '{"text":"made"}' });
      expect(Payload).toBe(`{"statusCode":201}${'\0'.repeat(8)}made`);
    });

    test('answers an error of the handler like any other', async () => {
      streaming('broken', 'stream.write("half"); throw new RangeError("no more")');
      expect((await call('broken')).value).toMatchObject({
        errorType: 'RangeError',
        errorMessage: 'no more',
      });
    });

    test.each(['nodejs22.x', 'nodejs24.x'])(
      'fails when the handler never ends its response, in %s',
      async (Runtime) => {
        streaming(`endless-${Runtime.slice(6, 8)}`, 'stream.write("half")', { Runtime });
        expect((await call(`endless-${Runtime.slice(6, 8)}`)).value).toMatchObject({
          errorType: 'Error',
          errorMessage: 'Response stream is not finished.',
        });
      },
    );
  });

  describe('with the flags of Lambda', () => {
    const requiring = zip({
      'module.mjs': 'export const answer = 1',
      'index.js': 'const { answer } = require("./module.mjs"); exports.handler = async () => answer',
    });

    test.each(['nodejs20.x', 'nodejs22.x'])('does not require ES modules, in %s', async (Runtime) => {
      const name = `require-${Runtime.slice(6, 8)}`;
      create(name, requiring, { Runtime });
      expect((await call(name)).value).toMatchObject({
        errorType: 'Error',
        errorMessage: expect.stringContaining('require() of ES Module /var/task/module.mjs'),
      });
      expect((await call(name)).log).toContain('"code":"ERR_REQUIRE_ESM"');
    });

    test('does not take a CommonJS file for an ES module, in nodejs22.x', async () => {
      create('undetected', zip({ 'index.js': 'export const handler = async () => 1' }), {
        Runtime: 'nodejs22.x',
      });
      expect((await call('undetected')).value).toMatchObject({
        errorType: 'Runtime.UserCodeSyntaxError',
        errorMessage: "SyntaxError: Unexpected token 'export'",
      });
    });

    test('obeys NODE_OPTIONS, as far as this Node.js knows them', () => {
      const flags = (runtime: string, version: string, options?: string) =>
        nodeFlags(runtime, { path: 'node', version }, options);
      expect(flags('nodejs22.x', '22.20.0')).toEqual([
        '--no-experimental-require-module',
        '--no-experimental-detect-module',
      ]);
      expect(flags('nodejs20.x', '20.20.0')).toEqual(['--no-experimental-require-module']);
      expect(flags('nodejs24.x', '24.1.0')).toEqual([]);
      expect(flags('nodejs22.x', '22.20.0', '--experimental-require-module')).toEqual([
        '--no-experimental-detect-module',
      ]);
      expect(flags('nodejs22.x', '20.9.0')).toEqual([]);
      expect(flags('nodejs22.x', '20.12.0')).toEqual(['--no-experimental-detect-module']);
    });
  });

  test('is the Node.js of the version that it names, if the machine has one', async () => {
    const folder = sharedFolder('other-node-');
    // No other test of this file uses it: what was found for a version is remembered.
    const major = 18;
    const other = join(folder, 'node');
    writeFileSync(
      other,
      `#!/bin/sh\ncase "$1" in -p) echo '${other}'; echo ${major}.99.0;; *) exec '${process.execPath}' "$@";; esac\n`,
      { mode: 0o755 },
    );
    const { PATH, NVM_DIR, RUNNER_TOOL_CACHE } = process.env;
    Object.assign(process.env, { PATH: `${folder}:${PATH}`, NVM_DIR: folder, RUNNER_TOOL_CACHE: folder });
    create('other', 'return process.argv0', { Runtime: `nodejs${major}.x` });
    const { log } = await call('other');
    Object.assign(process.env, { PATH });
    for (const [name, value] of Object.entries({ NVM_DIR, RUNNER_TOOL_CACHE })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true });
    expect(log).toContain(`INIT_START Runtime Version: nodejs:${major}.99.0\n`);
  });

  describe('includes the AWS SDK', () => {
    const use = 'new SFNClient({ region: "us-east-1" }).config.serviceId';

    test('for require, of the version that the user has installed', async () => {
      create('required', `const { SFNClient } = require('@aws-sdk/client-sfn'); return ${use}`);
      expect((await call('required')).value).toBe('SFN');
    });

    test('for import', async () => {
      create(
        'imported',
        zip({
          'index.mjs': `import { SFNClient } from '@aws-sdk/client-sfn'; export const handler = async () => ${use};`,
        }),
      );
      expect((await call('imported')).value).toBe('SFN');
    });

    test('and says which package to install when it is missing', async () => {
      create(
        'lacking',
        zip({ 'index.js': 'require("@aws-sdk/client-absent"); exports.handler = async () => 1' }),
      );
      expect((await call('lacking')).value).toMatchObject({
        errorType: 'Runtime.ImportModuleError',
        errorMessage: expect.stringMatching(
          /^Error: Cannot find module '@aws-sdk\/client-absent'\n(?:.*\n)*.*To have it here, run: npm install --save-dev @aws-sdk\/client-absent$/,
        ),
      });
      create('lacks', `await import('@aws-sdk/client-absent')`);
      expect((await call('lacks')).value.errorMessage).toContain(
        'run: npm install --save-dev @aws-sdk/client-absent',
      );
    });

    test('but nothing else that the user has installed', async () => {
      create('greedy', 'require("typescript")');
      expect((await call('greedy')).value.errorMessage).toContain("Cannot find module 'typescript'");
    });
  });

  describe('does not reach the real AWS', () => {
    const connect = (host: string) =>
      `await new Promise((_, reject) => require('net').connect({ host: '${host}', port: 443 }).on('error', reject))`;

    test.each(['states.us-east-1.amazonaws.com', 'bucket.s3.eu-west-1.amazonaws.com', 'sts.amazonaws.com'])(
      'at %s',
      async (host) => {
        create('leaks', connect(host));
        const { value } = await call('leaks');
        lambda.deleteFunction({ FunctionName: 'leaks' });
        expect(value.errorMessage).toContain(`The local AWS does not let a function reach ${host}`);
      },
    );

    test('with version 2 of the SDK, which gets the address of the local AWS', async () => {
      const served = localLambda();
      served.lambda.servedAt('http://127.0.0.1:4566');
      served.create(
        'old',
        zip({
          'node_modules/aws-sdk/index.js': 'module.exports = require("./lib/core")',
          'node_modules/aws-sdk/lib/core.js': 'exports.config = {}',
          'index.js': 'const AWS = require("aws-sdk"); exports.handler = async () => AWS.config',
        }),
        { Runtime: 'nodejs16.x' },
      );
      expect((await served.call('old')).value).toMatchObject({ endpoint: 'http://127.0.0.1:4566' });
      await served.lambda.close();
    });
  });
});
