import { localLambda, zip } from './support';

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
});
