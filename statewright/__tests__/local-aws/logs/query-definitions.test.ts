import { logsAt, NOW } from './support';

const queryString = 'fields @timestamp, @message | sort @timestamp desc';

test('a saved query is described, replaced and deleted', () => {
  const { logs } = logsAt();
  const { queryDefinitionId } = logs.putQueryDefinition({
    name: 'errors/latest',
    queryString,
    logGroupNames: ['/aws/lambda/Test'],
  });
  const saved = { queryDefinitionId, queryLanguage: 'CWLI', name: 'errors/latest', lastModified: NOW };
  expect(logs.describeQueryDefinitions()).toEqual({
    queryDefinitions: [{ ...saved, queryString, logGroupNames: ['/aws/lambda/Test'] }],
  });
  expect(
    logs.putQueryDefinition({ queryDefinitionId, name: 'errors/latest', queryString: 'fields @message' }),
  ).toEqual({ queryDefinitionId });
  expect(logs.describeQueryDefinitions().queryDefinitions).toEqual([
    { ...saved, queryString: 'fields @message' },
  ]);
  expect(logs.deleteQueryDefinition({ queryDefinitionId })).toEqual({ success: true });
  expect(logs.describeQueryDefinitions()).toEqual({ queryDefinitions: [] });
});

test('saved queries are listed by name, with a prefix, in pages', () => {
  const { logs } = logsAt();
  for (const name of ['b', 'a/two', 'a/one']) logs.putQueryDefinition({ name, queryString });
  const names = (request: Parameters<typeof logs.describeQueryDefinitions>[0]) =>
    logs.describeQueryDefinitions(request).queryDefinitions.map(({ name }) => name);
  expect(names({})).toEqual(['a/one', 'a/two', 'b']);
  expect(names({ queryDefinitionNamePrefix: 'a/' })).toEqual(['a/one', 'a/two']);
  const { nextToken } = logs.describeQueryDefinitions({ maxResults: 2 });
  expect(names({ maxResults: 2, ...(nextToken && { nextToken }) })).toEqual(['b']);
});

test('an unknown id is not found', () => {
  const { logs } = logsAt();
  const queryDefinitionId = 'none';
  const notFound = expect.objectContaining({ code: 'ResourceNotFoundException' });
  expect(() => logs.deleteQueryDefinition({ queryDefinitionId })).toThrow(notFound);
  expect(() => logs.putQueryDefinition({ queryDefinitionId, name: 'a', queryString })).toThrow(notFound);
});
