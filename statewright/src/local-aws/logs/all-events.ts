import type { LogsService } from './logs-service';

type Page = ReturnType<LogsService['filterLogEvents']>;

/** All events of a group in order of time, from every page of FilterLogEvents. */
export function* allEvents(
  logs: Pick<LogsService, 'filterLogEvents'>,
  logGroupName: string,
): Generator<Page['events'][number]> {
  let nextToken: string | undefined;
  do {
    const page = logs.filterLogEvents({ logGroupName, ...(nextToken !== undefined && { nextToken }) });
    yield* page.events;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}
