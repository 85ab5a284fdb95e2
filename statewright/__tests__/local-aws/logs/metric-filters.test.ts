import { logsAt, NOW } from './support';

const errors = {
  logGroupName: 'a',
  filterName: 'errors',
  filterPattern: '{ $.level = "ERROR" }',
  metricTransformations: [
    { metricName: 'Errors', metricNamespace: 'App', metricValue: '1', defaultValue: 0, unit: 'Count' },
  ],
};

function withFilters() {
  const { logs } = logsAt();
  for (const logGroupName of ['a', 'b']) logs.createLogGroup({ logGroupName });
  logs.putMetricFilter(errors);
  logs.putMetricFilter({ ...errors, logGroupName: 'b', filterName: 'all', filterPattern: '' });
  const names = (request: Parameters<typeof logs.describeMetricFilters>[0] = {}) =>
    logs.describeMetricFilters(request).metricFilters.map(({ filterName }) => filterName);
  return { logs, names };
}

test('metric filters are kept, shown and counted', () => {
  const { logs } = withFilters();
  expect(logs.describeMetricFilters({ logGroupName: 'a' })).toEqual({
    metricFilters: [{ ...errors, applyOnTransformedLogs: false, creationTime: NOW }],
  });
  expect(logs.describeLogGroups().logGroups[0]?.metricFilterCount).toBe(1);
});

test('they are found by group, prefix and metric', () => {
  const { names } = withFilters();
  expect(names()).toEqual(['all', 'errors']);
  expect(names({ logGroupName: 'a', filterNamePrefix: 'err' })).toEqual(['errors']);
  expect(names({ logGroupName: 'a', filterNamePrefix: 'x' })).toEqual([]);
  expect(names({ metricName: 'Errors', metricNamespace: 'App' })).toEqual(['all', 'errors']);
  expect(names({ metricName: 'Other', metricNamespace: 'App' })).toEqual([]);
});

test('they are deleted, alone or with their group', () => {
  const { logs, names } = withFilters();
  logs.deleteMetricFilter({ logGroupName: 'a', filterName: 'errors' });
  expect(() => logs.deleteMetricFilter({ logGroupName: 'a', filterName: 'errors' })).toThrow(
    expect.objectContaining({ code: 'ResourceNotFoundException' }),
  );
  logs.deleteLogGroup({ logGroupName: 'b' });
  logs.createLogGroup({ logGroupName: 'b' });
  expect(names()).toEqual([]);
});

test.each([
  [{ filterPattern: '{ $.a = ' }, 'Invalid filter pattern'],
  [{ metricTransformations: [] }, 'greater than or equal to 1'],
  [{ filterName: 'a:b' }, 'regular expression pattern'],
  [{ logGroupName: 'c' }, 'The specified log group does not exist.'],
])('%j is refused', (change, message) => {
  const { logs } = withFilters();
  expect(() => logs.putMetricFilter({ ...errors, ...change })).toThrow(message);
});
