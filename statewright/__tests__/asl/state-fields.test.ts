import { validateStateMachine } from '../../src/asl';
import { machineOf } from './machine';
import { STATE_FIELDS } from './state-fields';
import { jsonata, jsonPath } from './whole-language.types';

const all = [...new Set(Object.values(STATE_FIELDS).flat())] as string[];
const types = Object.entries(STATE_FIELDS) as [string, readonly string[]][];

test.each(types)('validation takes the fields that a %s has, and no others', (Type, fields) => {
  const supported = all.filter((field) => {
    const state = machineOf({ Type, [field]: field === 'Type' ? Type : {} });
    return !validateStateMachine(state).some(({ message }) =>
      message.startsWith(`Field '${field}' is not supported`),
    );
  });
  // Validation has a reason of its own to refuse these: the processor of the Map above is no distributed one.
  const distributed = Type === 'Map' ? ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'] : [];
  expect([...supported, ...distributed].sort()).toEqual([...fields].sort());
});

test('what the types accept of the whole language has no errors', () => {
  expect([jsonPath, jsonata].flatMap((definition) => validateStateMachine(definition))).toEqual([]);
});
