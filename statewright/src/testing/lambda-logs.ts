import { allEvents } from '../local-aws/logs/all-events';
import type { RegionalServices } from '../local-aws/regional-services';
import type { LogLine } from './test-execution';

type LogEvent = ReturnType<RegionalServices['logs']['filterLogEvents']>['events'][number];

/** A Lambda function. */
interface LambdaFunction {
  readonly name: string;
  readonly logGroup: string;
  /** In MB. */
  readonly memorySize: number;
}

/** All functions of a region, from every page of the listing. */
export function lambdaFunctions({ lambda }: Pick<RegionalServices, 'lambda'>): LambdaFunction[] {
  const found: LambdaFunction[] = [];
  let Marker: string | undefined;
  do {
    const { Functions, NextMarker } = lambda.listFunctions(Marker === undefined ? {} : { Marker });
    for (const { FunctionName, LoggingConfig, MemorySize } of Functions) {
      found.push({ name: FunctionName, logGroup: LoggingConfig.LogGroup, memorySize: MemorySize });
    }
    Marker = NextMarker;
  } while (Marker !== undefined);
  return found;
}

/** The log lines of a region's Lambda functions, run by run. */
export class LambdaLogs {
  #last = '';
  readonly #services: RegionalServices;

  constructor(services: RegionalServices) {
    this.#services = services;
  }

  /** The last event so far: later log lines come after it. */
  get last(): string {
    return this.#last;
  }

  /** The log lines after an event, in order. */
  after(last: string): LogLine[] {
    const lines = lambdaFunctions(this.#services)
      .flatMap(({ name, logGroup }) => this.#eventsIn(logGroup).map((event) => ({ lambda: name, event })))
      .filter(({ event }) => event.eventId > last)
      .sort((a, b) => (a.event.eventId < b.event.eventId ? -1 : 1));
    this.#last = lines.at(-1)?.event.eventId ?? this.#last;
    return lines.map(({ lambda, event: { timestamp, message } }) => ({ lambda, timestamp, message }));
  }

  /** A function that never ran, or may not write logs, may have no log group. */
  #eventsIn(logGroupName: string): LogEvent[] {
    const { logs } = this.#services;
    const { logGroups } = logs.describeLogGroups({ logGroupNamePrefix: logGroupName });
    if (!logGroups.some((group) => group.logGroupName === logGroupName)) return [];
    return [...allEvents(logs, logGroupName)];
  }
}
