/** Readers of definitions report a fault in a malformed definition, and never throw a TypeError. */
import fc from 'fast-check';
import { lambdaFunctionsOf, validateStateMachine } from '../src/asl';
import { DiagramError, renderMermaid } from '../src/diagram';
import { compileStateMachine, InvalidDefinitionError } from '../src/engine';
import { coverageItems } from '../src/testing/state-coverage/items';
import { Names } from '../src/testing/targets';
import { stateMachine } from './asl/arbitrary-state-machine';

type Json = unknown;

/** The value with another value at one of its places; the number picks the place. */
function withOther(value: Json, other: Json, place: { left: number }): Json {
  if (place.left-- === 0) return other;
  if (Array.isArray(value)) return value.map((item) => withOther(item, other, place));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, content]) => [name, withOther(content, other, place)]),
  );
}

const broken = fc
  .tuple(
    stateMachine,
    fc.array(
      fc.tuple(
        fc.nat(120),
        fc.oneof(
          fc.constantFrom(null, 'A', 0, true, [], {}, [null], ['A'], [{}], { A: null }),
          fc.jsonValue(),
        ),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([machine, changes]) =>
    changes.reduce((value: Json, [place, other]) => withOther(value, other, { left: place }), machine),
  );

/** Runs `read`; its errors must be of the class. */
function onlyThrows(errorClass: new (...values: never[]) => Error, read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(errorClass);
  }
}

test('a definition with any value at any place', () => {
  fc.assert(
    fc.property(broken, (definition) => {
      validateStateMachine(definition);
      lambdaFunctionsOf(definition);
      coverageItems(definition);
      new Names(definition);
      onlyThrows(DiagramError, () => renderMermaid(definition));
      onlyThrows(InvalidDefinitionError, () => compileStateMachine(definition as object));
    }),
    { numRuns: 100 },
  );
});

test('a deeply nested definition', () => {
  let nested: object = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
  for (let depth = 0; depth < 20_000; depth++) {
    nested = { StartAt: 'A', States: { A: { Type: 'Parallel', Branches: [nested], End: true } } };
  }
  expect(validateStateMachine(nested)).toMatchObject([{ code: 'TOO_DEEPLY_NESTED' }]);
  expect(lambdaFunctionsOf(nested)).toEqual([]);
  expect(() => renderMermaid(nested)).toThrow(DiagramError);
});
