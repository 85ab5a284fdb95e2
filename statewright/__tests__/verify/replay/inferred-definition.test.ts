import { join } from 'node:path';
import { statesOf } from '../../../src/asl/graph';
import { renderDiagram } from '../../../src/diagram';
import { executionPath } from '../../../src/history/execution-path';
import { readHistories } from '../../../src/testing';
import { inferredDefinition } from '../../../src/verify/replay/inferred-definition';

const histories = readHistories(join(__dirname, 'histories'));

test.each(histories)('$name: what the execution visited can be drawn', ({ events }) => {
  const definition = inferredDefinition(events);
  const path = executionPath(events);
  const names = [...statesOf(definition)].map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(path.visits.map(({ name }) => name)));
  expect(renderDiagram(definition, { execution: path })).toContain('<svg');
});

test('the transitions are those that were taken', () => {
  const { events } = histories.find(({ name }) => name?.includes('loop')) ?? { events: [] };
  const { States: inferred } = inferredDefinition(events) as { States: object };
  expect(Object.keys(inferred)).toEqual(['Poll', 'Ready', 'Pause', 'Done']);
  expect(inferred).toMatchObject({
    Poll: { Type: 'Task', Next: 'Ready' },
    Ready: { Type: 'Choice', Choices: [{ Next: 'Pause' }, { Next: 'Done' }] },
    Pause: { Type: 'Wait', Next: 'Poll' },
  });
});
