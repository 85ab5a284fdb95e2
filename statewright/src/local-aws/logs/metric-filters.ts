import { checkFilterPattern } from './filter-pattern';
import { filtersPage } from './group-filters';
import type { LogsRequest } from './requests';
import type { LogStore } from './store';

/** Keeps a metric filter. It counts nothing: there are no metrics here. */
export function putMetricFilter(store: LogStore, request: LogsRequest<'PutMetricFilter'>): void {
  const { logGroupName } = store.group(request.logGroupName);
  checkFilterPattern(request.filterPattern);
  const existing = store.metricFilters.get(logGroupName, request.filterName);
  const { applyOnTransformedLogs = false } = request;
  store.metricFilters.set({
    ...request,
    applyOnTransformedLogs,
    creationTime: existing?.creationTime ?? store.context.clock.now(),
  });
}

export function describeMetricFilters(store: LogStore, request: LogsRequest<'DescribeMetricFilters'>) {
  const { logGroupName, metricName, metricNamespace } = request;
  const group = logGroupName === undefined ? undefined : store.group(logGroupName).logGroupName;
  const found = store.metricFilters
    .of(group)
    .filter(({ metricTransformations }) =>
      metricTransformations.some(
        (metric) =>
          (metricName === undefined || metric.metricName === metricName) &&
          (metricNamespace === undefined || metric.metricNamespace === metricNamespace),
      ),
    );
  const { items, nextToken } = filtersPage(found, request);
  return { metricFilters: items, ...(nextToken !== undefined && { nextToken }) };
}

export function deleteMetricFilter(store: LogStore, request: LogsRequest<'DeleteMetricFilter'>): void {
  const { logGroupName } = store.group(request.logGroupName);
  store.metricFilters.delete({ ...request, logGroupName });
}
