import { AwsError } from '../aws-error';
import { logsPage } from './paging';
import type { QueryDefinition } from './records';
import type { LogsRequest } from './requests';
import type { LogStore } from './store';

/** The most saved queries of a region (CloudWatch Logs User Guide, "CloudWatch Logs quotas"). */
const MOST_DEFINITIONS = 1000;

/** Saves a query, or replaces the one with the request's id. It is kept, not run. */
export function putQueryDefinition(store: LogStore, request: LogsRequest<'PutQueryDefinition'>) {
  const { queryDefinitionId, queryLanguage = 'CWLI', name, queryString, logGroupNames, parameters } = request;
  if (queryDefinitionId !== undefined) existing(store, queryDefinitionId);
  else if (store.queryDefinitions.size >= MOST_DEFINITIONS) {
    throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
  }
  const definition: QueryDefinition = {
    queryDefinitionId: queryDefinitionId ?? store.context.uuid(),
    queryLanguage,
    name,
    queryString,
    ...(logGroupNames && { logGroupNames }),
    ...(parameters && { parameters }),
    lastModified: store.context.clock.now(),
  };
  store.queryDefinitions.set(definition.queryDefinitionId, definition);
  return { queryDefinitionId: definition.queryDefinitionId };
}

/** Saved queries in order of name. */
export function describeQueryDefinitions(store: LogStore, request: LogsRequest<'DescribeQueryDefinitions'>) {
  const { queryDefinitionNamePrefix: prefix = '', queryLanguage, maxResults: limit = 1000 } = request;
  const found = [...store.queryDefinitions.values()]
    .filter(({ name }) => name.startsWith(prefix))
    .filter((one) => queryLanguage === undefined || one.queryLanguage === queryLanguage)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, nextToken } = logsPage(found, { ...request, limit });
  return { queryDefinitions: items, ...(nextToken !== undefined && { nextToken }) };
}

export function deleteQueryDefinition(store: LogStore, request: LogsRequest<'DeleteQueryDefinition'>) {
  existing(store, request.queryDefinitionId);
  store.queryDefinitions.delete(request.queryDefinitionId);
  return { success: true };
}

function existing(store: LogStore, id: string): void {
  if (store.queryDefinitions.has(id)) return;
  throw new AwsError('ResourceNotFoundException', 'The specified query definition does not exist.');
}
