import type { AccountContext } from '../../../src/local-aws/account-context';
import { LogsService } from '../../../src/local-aws/logs/logs-service';
import type { OpenTable } from '../../../src/local-aws/table';

/** 2026-01-01T00:00:00Z */
export const NOW = Date.UTC(2026, 0, 1);

/** A logs service whose clock stands still until the test moves it. */
export function logsAt(start = NOW, openTable?: OpenTable) {
  const time = { now: start };
  const warnings: string[] = [];
  let ids = 0;
  const context: AccountContext = {
    accountId: '123456789012',
    region: 'us-east-1',
    clock: { now: () => time.now, setTimer: () => () => {} },
    uuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    random: () => 0,
    warn: (message) => warnings.push(message),
  };
  return { logs: new LogsService(context, openTable), time, warnings };
}

/** A group `group` with a stream `stream` that has one message per second, the last of them now. */
export function logsWith(messages: readonly string[]) {
  const at = logsAt();
  at.logs.createLogGroup({ logGroupName: 'group' });
  write(at.logs, 'stream', messages);
  return at;
}

/** Creates a stream in `group`, and writes messages to it as above. */
export function write(logs: LogsService, logStreamName: string, messages: readonly string[]): void {
  logs.createLogStream({ logGroupName: 'group', logStreamName });
  const first = NOW - 1000 * (messages.length - 1);
  const logEvents = messages.map((message, at) => ({ message, timestamp: first + 1000 * at }));
  logs.putLogEvents({ logGroupName: 'group', logStreamName, logEvents });
}
