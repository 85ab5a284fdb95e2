import fc from 'fast-check';
import { lambdaFunctionsOf, serializeStateMachine, validateStateMachine } from '../../../src/asl';
import { stateMachine } from '../arbitrary-state-machine';

const errorsOf = (definition: unknown) =>
  validateStateMachine(definition).filter(({ severity }) => severity === 'ERROR');

test('definitions that the types accept have no errors', () => {
  fc.assert(
    fc.property(stateMachine, (definition) => {
      expect(errorsOf(definition)).toEqual([]);
    }),
  );
});

test('any JSON has diagnostics and never throws', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (definition) => {
      expect(Array.isArray(validateStateMachine(definition))).toBe(true);
      expect(Array.isArray(lambdaFunctionsOf(definition))).toBe(true);
    }),
  );
});

/** JSON that is made of the language's words, and so gets deeper into the validation than other JSON. */
const words = fc.constantFrom(
  ...[
    'Type',
    'Next',
    'End',
    'Choices',
    'Catch',
    'Retry',
    'ErrorEquals',
    'Branches',
    'ItemProcessor',
    'StartAt',
    'States',
  ],
  ...[
    'Parameters',
    'Assign',
    'Output',
    'QueryLanguage',
    'Credentials',
    'ProcessorConfig',
    'Label',
    'And',
    'Not',
    'a.$',
  ],
  ...['__proto__', 'constructor', '<script>'],
);
const texts = fc.constantFrom(
  ...[
    'Task',
    'Pass',
    'Choice',
    'Map',
    'Parallel',
    'JSONata',
    'JSONPath',
    '$.a',
    '$',
    '{% a',
    '{% 1 %}',
    'States.Format(',
  ],
);
const { value: languageLike } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    texts,
    fc.constantFrom(null, true, 0, -1.5),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(words, tie('value'), { maxKeys: 5 }),
  ),
}));

test('JSON made of words of the language never throws either', () => {
  fc.assert(
    fc.property(
      fc.dictionary(words, languageLike),
      fc.constantFrom('STANDARD', 'EXPRESS' as const),
      (States, type) => {
        const definition = { StartAt: 'Type', States };
        expect(errorsOf(definition)).toEqual(errorsOf(JSON.parse(JSON.stringify(definition))));
        validateStateMachine(definition, type);
      },
    ),
  );
});

test('the text of a definition parses to the definition', () => {
  fc.assert(
    fc.property(stateMachine, (definition) => {
      expect(JSON.parse(serializeStateMachine(definition))).toEqual(definition);
    }),
  );
});

test('each fault is found: a target that does not exist, a state that cannot be reached', () => {
  fc.assert(
    fc.property(stateMachine, (definition) => {
      const lost = { ...definition, StartAt: 'nowhere', States: definition.States };
      expect(errorsOf(lost)[0]).toMatchObject({ code: 'MISSING_TRANSITION_TARGET', location: '/StartAt' });
      const more = { ...definition, States: { ...definition.States, more: { Type: 'Succeed' } } };
      expect(errorsOf(more)).toMatchObject([{ code: 'MISSING_TRANSITION_TARGET', location: '/States/more' }]);
    }),
  );
});
