import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateFunctionCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { createMachine, killServers, ServerProcess } from './server-process';

const folder = mkdtempSync(join(tmpdir(), 'stop-'));
afterEach(killServers);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pass = { A: { Type: 'Succeed' } };

test('an asynchronous invocation that runs does not hold up the end', async () => {
  const server = await ServerProcess.start(folder);
  const { clients } = server;
  await createMachine(clients, 'sleeper', pass);
  const code = "console.log('runs'); await new Promise((resolve) => setTimeout(resolve, 600_000));";
  const index = strToU8(`exports.handler = async () => { ${code} };`);
  await clients.lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'sleeper',
      Role: 'arn:aws:iam::000000000000:role/sleeper',
      Handler: 'index.handler',
      Runtime: 'nodejs20.x',
      Timeout: 900,
      Code: { ZipFile: zipSync({ 'index.js': index }) },
    }),
  );
  await clients.lambda.send(new InvokeCommand({ FunctionName: 'sleeper', InvocationType: 'Event' }));
  // Before the change, the invocation that this ends was tried again after a minute, and the process waited for that.
  expect(await server.end('SIGINT')).toBe(0);
}, 30_000);

test('a second signal ends it at once, whatever the first one waits for', async () => {
  const server = await ServerProcess.start(folder);
  const { hostname, port } = new URL(server.url);
  const unfinished = connect(Number(port), hostname).on('error', () => {});
  const headers = [
    'Host: 127.0.0.1',
    'X-Amz-Target: AWSStepFunctions.ListStateMachines',
    'Content-Length: 100',
  ];
  unfinished.write(['POST / HTTP/1.1', ...headers, 'Expect: 100-continue', '', ''].join('\r\n'));
  // `100 Continue`: the server has read the headers, and waits for a body that never comes.
  await once(unfinished, 'data');
  process.kill(server.pid, 'SIGINT');
  while (await listens(hostname, Number(port))) {
    // It closes: it does not take another connection, and waits for the request that has begun.
  }
  expect(await server.end('SIGTERM')).toBe(143);
}, 30_000);

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
