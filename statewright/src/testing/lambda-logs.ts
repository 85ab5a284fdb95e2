import type { Account } from '../local-aws/account';
import { allEvents } from '../local-aws/logs/all-events';
import type { LogLine } from './test-execution';

type LogEvent = ReturnType<Account['logs']['filterLogEvents']>['events'][number];

/** A Lambda function of the account. */
interface LambdaFunction {
  readonly name: string;
  readonly logGroup: string;
}

/** All functions of an account, from every page of the listing. */
export function lambdaFunctions({ lambda }: Account): LambdaFunction[] {
  const found: LambdaFunction[] = [];
  let Marker: string | undefined;
  do {
    const { Functions, NextMarker } = lambda.listFunctions(Marker === undefined ? {} : { Marker });
    for (const { FunctionName, LoggingConfig } of Functions) {
      found.push({ name: FunctionName, logGroup: LoggingConfig.LogGroup });
    }
    Marker = NextMarker;
  } while (Marker !== undefined);
  return found;
}

/** The log lines of an account's Lambda functions, run by run. */
export class LambdaLogs {
  #last = '';
  readonly #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  /** The last event so far: later log lines come after it. */
  get last(): string {
    return this.#last;
  }

  /** The log lines after an event, in order. */
  after(last: string): LogLine[] {
    const lines = lambdaFunctions(this.#account)
      .flatMap(({ name, logGroup }) => this.#eventsIn(logGroup).map((event) => ({ lambda: name, event })))
      .filter(({ event }) => event.eventId > last)
      .sort((a, b) => (a.event.eventId < b.event.eventId ? -1 : 1));
    this.#last = lines.at(-1)?.event.eventId ?? this.#last;
    return lines.map(({ lambda, event: { timestamp, message } }) => ({ lambda, timestamp, message }));
  }

  /** A function that never ran, or may not write logs, may have no log group. */
  #eventsIn(logGroupName: string): LogEvent[] {
    const { logs } = this.#account;
    const { logGroups } = logs.describeLogGroups({ logGroupNamePrefix: logGroupName });
    if (!logGroups.some((group) => group.logGroupName === logGroupName)) return [];
    return [...allEvents(logs, logGroupName)];
  }
}
