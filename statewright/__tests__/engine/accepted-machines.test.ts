import fc from 'fast-check';
import { validateStateMachine } from '../../src/asl';
import { stateMachine } from '../asl/arbitrary-state-machine';
import { arbitraryInput } from './arbitrary-machine';
import { run, start } from './run';

type Container = Record<string, unknown>;

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** Every object and list in a definition. */
function containersOf(value: Container): Container[] {
  return [value, ...Object.values(value).filter(isContainer).flatMap(containersOf)];
}

/** Removes one member, or replaces its value. */
function damage(definition: object, pick: number, value: unknown): object {
  const copy = structuredClone(definition);
  const members = containersOf(copy as Container).flatMap((owner) =>
    Object.keys(owner).map((key) => ({ owner, key })),
  );
  const member = members[pick % members.length];
  if (!member) return copy;
  if (value === undefined && Array.isArray(member.owner)) member.owner.splice(Number(member.key), 1);
  else if (value === undefined) delete member.owner[member.key];
  else member.owner[member.key] = value;
  return copy;
}

const accepted = (definition: object): boolean =>
  validateStateMachine(definition).every(({ severity }) => severity !== 'ERROR');

const anyTask = new Proxy(
  {},
  { get: () => [{ output: '{"a":[1]}' }, { error: 'Random' }, { output: '0', takes: 1e9 }] },
);

test('a state machine that validation accepts runs to its end', async () => {
  await fc.assert(
    fc.asyncProperty(stateMachine, arbitraryInput, async (definition, input) => {
      fc.pre(accepted(definition));
      const { outcome } = await run(definition, { input, tasks: anyTask });
      expect(outcome).not.toMatchObject({ cause: expect.stringMatching(/^The engine failed/) });
    }),
    { numRuns: 100 },
  );
});

test('a damaged state machine is rejected by validation or can be started', () => {
  fc.assert(
    fc.property(
      stateMachine,
      fc.nat(),
      fc.option(fc.jsonValue(), { nil: undefined }),
      (definition, pick, value) => {
        const damaged = damage(definition, pick, value);
        fc.pre(accepted(damaged));
        start(damaged, { tasks: anyTask }).stop();
      },
    ),
    { numRuns: 100 },
  );
});
