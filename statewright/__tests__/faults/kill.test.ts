import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetExecutionHistoryCommand, paginateListExecutions } from '@aws-sdk/client-sfn';
import { createMachine, killServers, ServerProcess, start, statusAtEnd } from './server-process';

jest.setTimeout(60_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'killed-'));
});
afterEach(() => {
  killServers();
  rmSync(folder, { recursive: true });
});

test('after kill -9 no finished execution is lost, and running ones have failed', async () => {
  const first = await ServerProcess.start(folder);
  const { clients } = first;
  const stateMachineArn = await createMachine(clients, 'state', {
    A: { Type: 'Wait', SecondsPath: '$.seconds', End: true },
  });
  const begin = (seconds: number) => start(clients, stateMachineArn, { seconds });
  const finished = await Promise.all(Array.from({ length: 50 }, () => begin(0)));
  for (const arn of finished) expect(await statusAtEnd(clients, arn)).toBe('SUCCEEDED');
  const running = await Promise.all(Array.from({ length: 5 }, () => begin(3600)));
  // Killed while the last executions are just being started.
  const unanswered = Promise.allSettled(Array.from({ length: 20 }, () => begin(0)));
  await first.end('SIGKILL');
  await unanswered;

  const { clients: after } = await ServerProcess.start(folder);
  for (const executionArn of finished) {
    expect(await statusAtEnd(after, executionArn)).toBe('SUCCEEDED');
    const history = await after.sfn.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(history.events).toHaveLength(4);
  }
  for (const arn of running) expect(await statusAtEnd(after, arn)).toBe('FAILED');
  for await (const { executions } of paginateListExecutions({ client: after.sfn }, { stateMachineArn })) {
    expect(executions?.map(({ status }) => status)).not.toContain('RUNNING');
  }
});
