import { validateStateMachine } from '../../src/asl';
import { machineOf } from './machine';
import { STATE_FIELDS } from './state-fields';
import { jsonata, jsonPath } from './whole-language.types';

const all = [...new Set(Object.values(STATE_FIELDS).flat())] as string[];
const types = Object.entries(STATE_FIELDS) as [string, readonly string[]][];

test.each(types)('validation accepts the fields of a %s, and no others', (Type, fields) => {
  const supported = all.filter((field) => {
    const state = machineOf({ Type, [field]: field === 'Type' ? Type : {} });
    return !validateStateMachine(state).some(({ message }) =>
      message.startsWith(`Field '${field}' is not supported`),
    );
  });
  // Validation refuses these for another reason: the processor of the Map above is not distributed.
  const distributed = Type === 'Map' ? ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'] : [];
  expect([...supported, ...distributed].sort()).toEqual([...fields].sort());
});

test('the whole language, as the types accept it, has no errors', () => {
  expect([jsonPath, jsonata].flatMap((definition) => validateStateMachine(definition))).toEqual([]);
});
