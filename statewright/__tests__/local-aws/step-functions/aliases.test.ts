import { awsErrorOf } from '../context';
import { machineArn, passing, statesHarness, waiting } from './harness';

const version = (number: number, name = 'state') => machineArn.replace(/state$/, `${name}:${number}`);
const route = (number: number, weight = 100, name = 'state') => ({
  stateMachineVersionArn: version(number, name),
  weight,
});
const prod = `${machineArn}:prod`;

/** A state machine with two versions: the first ends at once, the second waits. */
function twoVersions(random = 0) {
  const harness = statesHarness(undefined, { random: () => random });
  harness.create(passing, { publish: true });
  harness.states.updateStateMachine({ stateMachineArn: machineArn, definition: waiting, publish: true });
  return harness;
}

test('an alias is created, described, changed and deleted', async () => {
  const { states } = twoVersions();
  const made = states.createStateMachineAlias({ name: 'prod', routingConfiguration: [route(1)] });
  expect(made).toEqual({ stateMachineAliasArn: prod, creationDate: expect.any(Date) });
  expect(states.createStateMachineAlias({ name: 'prod', routingConfiguration: [route(1)] })).toEqual(made);

  const shifted = [route(1, 90), route(2, 10)];
  states.updateStateMachineAlias({ stateMachineAliasArn: prod, routingConfiguration: shifted });
  states.updateStateMachineAlias({ stateMachineAliasArn: prod, description: 'what customers use' });
  expect(states.describeStateMachineAlias({ stateMachineAliasArn: prod })).toEqual({
    stateMachineAliasArn: prod,
    name: 'prod',
    description: 'what customers use',
    routingConfiguration: shifted,
    creationDate: expect.any(Date),
    updateDate: expect.any(Date),
  });

  states.deleteStateMachineAlias({ stateMachineAliasArn: prod });
  expect(states.deleteStateMachineAlias({ stateMachineAliasArn: prod })).toEqual({});
  expect(await awsErrorOf(() => states.describeStateMachineAlias({ stateMachineAliasArn: prod }))).toBe(
    'ResourceNotFound: Request references a resource that does not exist.',
  );
});

test('aliases of a state machine and of a version are listed as they were created, in pages', () => {
  const { states } = twoVersions();
  states.createStateMachineAlias({ name: 'a', routingConfiguration: [route(1)] });
  states.createStateMachineAlias({ name: 'b', routingConfiguration: [route(2)] });
  states.createStateMachineAlias({ name: 'c', routingConfiguration: [route(1, 50), route(2, 50)] });
  const names = (stateMachineArn: string, paging: { maxResults?: number; nextToken?: string } = {}) =>
    states
      .listStateMachineAliases({ stateMachineArn, ...paging })
      .stateMachineAliases.map(({ stateMachineAliasArn }) => stateMachineAliasArn.split(':').at(-1));
  expect(names(machineArn)).toEqual(['a', 'b', 'c']);
  expect(names(version(1))).toEqual(['a', 'c']);
  const { nextToken = '' } = states.listStateMachineAliases({ stateMachineArn: machineArn, maxResults: 2 });
  expect(names(machineArn, { maxResults: 2, nextToken })).toEqual(['c']);

  states.deleteStateMachine({ stateMachineArn: machineArn });
  states.createStateMachine({
    name: 'state',
    definition: passing,
    roleArn: 'arn:aws:iam::123456789012:role/machine',
  });
  expect(names(machineArn)).toEqual([]);
});

test.each([
  [0.29, 1],
  [0.3, 2],
])('by the weights 30 and 70, the random number %d starts version %d', async (random, expected) => {
  const { states } = twoVersions(random);
  states.createStateMachineAlias({ name: 'prod', routingConfiguration: [route(1, 30), route(2, 70)] });
  states.startExecution({ stateMachineArn: version(expected), name: 'by-version' });
  const started = states.startExecution({ stateMachineArn: prod, name: 'by-alias' });
  const versions = { stateMachineAliasArn: prod, stateMachineVersionArn: version(expected) };
  expect(states.describeExecution(started)).toMatchObject({ stateMachineArn: machineArn, ...versions });
  expect(states.listExecutions({ stateMachineArn: prod }).executions).toEqual([
    expect.objectContaining({ name: 'by-alias', ...versions }),
  ]);
});

test('a version that an alias routes to cannot be deleted', async () => {
  const { states } = twoVersions();
  states.createStateMachineAlias({ name: 'prod', routingConfiguration: [route(1)] });
  expect(
    await awsErrorOf(() => states.deleteStateMachineVersion({ stateMachineVersionArn: version(1) })),
  ).toBe(
    'ConflictException: Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [prod]',
  );
});

const refused = 'ValidationException: ';
test.each<[string, string, ReturnType<typeof route>[], string]>([
  ['a name that would be a version', '12', [route(1)], 'Member must satisfy regular expression pattern'],
  ['no name', '', [route(1)], 'Member must have length greater than or equal to 1'],
  ['no version', 'x', [], "at 'routingConfiguration' failed to satisfy constraint: Member must have length"],
  ['a version that does not exist', 'x', [route(9)], 'must contain state machine version ARNs. Received: ['],
  [
    'a state machine that does not exist',
    'x',
    [route(1, 100, 'none')],
    'must contain state machine version ARNs',
  ],
  [
    'the same version twice',
    'x',
    [route(1, 50), route(1, 50)],
    'must contain distinct state machine version',
  ],
  ['too little', 'x', [route(1, 9)], 'Sum of routing configuration weights must equal 100. Received: [9]'],
  ['too much', 'x', [route(1, 101)], 'Member must have value less than or equal to 100'],
  [
    'versions of two state machines',
    'x',
    [route(1, 50), route(1, 50, 'other')],
    'Routing configuration must contain versions of the same state machine.',
  ],
])('%s is refused', async (_, name, routingConfiguration, reason) => {
  const { states, create } = twoVersions();
  create(passing, { name: 'other', publish: true });
  const error = await awsErrorOf(() => states.createStateMachineAlias({ name, routingConfiguration }));
  expect(error.startsWith(refused)).toBe(true);
  expect(error).toContain(reason);
});

test('a name in use is a conflict, and an update must contain a change', async () => {
  const { states } = twoVersions();
  states.createStateMachineAlias({ name: 'prod', routingConfiguration: [route(1)] });
  expect(
    await awsErrorOf(() =>
      states.createStateMachineAlias({ name: 'prod', routingConfiguration: [route(2)] }),
    ),
  ).toBe(
    'ConflictException: Failed to create alias because an alias with the same name and a different routing configuration already exists.',
  );
  expect(await awsErrorOf(() => states.updateStateMachineAlias({ stateMachineAliasArn: prod }))).toMatch(
    /^ValidationException: /,
  );
});
