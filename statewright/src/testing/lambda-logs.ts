import type { Account } from '../local-aws/account';
import type { LogLine } from './test-execution';

type LogEvent = ReturnType<Account['logs']['filterLogEvents']>['events'][number];

/** A function that is in the account. */
interface LambdaFunction {
  readonly name: string;
  readonly logGroup: string;
}

/** Every function of an account; a listing gives them page by page. */
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

/** What an account's Lambda functions log, run by run. */
export class LambdaLogs {
  #last = '';
  readonly #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  /** The last event that was read: what is logged from now on comes after it. */
  get last(): string {
    return this.#last;
  }

  /** What was logged after an event, in order. */
  after(last: string): LogLine[] {
    const lines = lambdaFunctions(this.#account)
      .flatMap(({ name, logGroup }) => this.#eventsIn(logGroup).map((event) => ({ lambda: name, event })))
      .filter(({ event }) => event.eventId > last)
      .sort((a, b) => (a.event.eventId < b.event.eventId ? -1 : 1));
    this.#last = lines.at(-1)?.event.eventId ?? this.#last;
    return lines.map(({ lambda, event: { timestamp, message } }) => ({ lambda, timestamp, message }));
  }

  /** A function that never ran, or may not write, need not have a log group. */
  #eventsIn(logGroupName: string): LogEvent[] {
    const { logs } = this.#account;
    const { logGroups } = logs.describeLogGroups({ logGroupNamePrefix: logGroupName });
    if (!logGroups.some((group) => group.logGroupName === logGroupName)) return [];
    const events: LogEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = logs.filterLogEvents({ logGroupName, ...(nextToken !== undefined && { nextToken }) });
      events.push(...page.events);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return events;
  }
}
