/** `statewright mcp` as an agent starts it: a process, and the official client. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { inThread } from '../../../src/cli/mcp/thread';
import { cli } from '../shell';

/** Recurses forever, and no `await` of the engine interrupts it. */
const endless = {
  QueryLanguage: 'JSONata',
  StartAt: 'Loop',
  States: {
    Loop: { Type: 'Pass', Output: '{% ($f := function($n) { $f($n + 1) }; $f(0)) %}', End: true },
  },
};
const quick = {
  StartAt: 'A',
  States: { A: { Type: 'Wait', Seconds: 3600, Next: 'B' }, B: { Type: 'Succeed' } },
};

test('a client lists the tools, runs a file, and cancels a call', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-')));
  writeFileSync(join(folder, 'quick.asl.json'), JSON.stringify(quick));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...cli, 'mcp', '--time-limit', '600'],
    cwd: folder,
    stderr: 'pipe',
  });
  let stderr = '';
  transport.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const client = new Client({ name: 'test', version: '0' });
  const faults: Error[] = [];
  client.onerror = (error) => faults.push(error);
  await client.connect(transport);
  const run = (args: Record<string, unknown>, signal?: AbortSignal) =>
    client.callTool({ name: 'run_state_machine', arguments: args }, undefined, signal && { signal });

  expect(client.getInstructions()).toContain('validate_definition');
  expect((await client.listTools()).tools).toHaveLength(5);
  // A call that blocks its thread blocks no other one.
  const cancelling = new AbortController();
  const cancelled = run({ definition: endless }, cancelling.signal);
  expect((await run({ path: 'quick.asl.json' })).structuredContent).toMatchObject({ seconds: 3600 });
  expect(await run({ path: '../quick.asl.json' })).toMatchObject({ isError: true });
  cancelling.abort('enough');
  await expect(cancelled).rejects.toThrow('enough');
  const { pid } = transport;
  await client.close();
  expect(() => process.kill(pid as number, 0)).toThrow('ESRCH');
  expect({ faults, stderr }).toEqual({ faults: [], stderr: '' });
  rmSync(folder, { recursive: true });
});

test('a call that takes too long is stopped', async () => {
  const job = { name: 'run_state_machine', args: { definition: endless } } as const;
  await expect(inThread(job, { seconds: 0.1 })).rejects.toThrow('The call was stopped after 0.1 s.');
});
