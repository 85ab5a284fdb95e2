import { DiagramError } from '../../src/diagram';
import { readWorkflow } from '../../src/diagram/workflow';

const detail = (state: object) =>
  readWorkflow({ StartAt: 'A', States: { A: { End: true, ...state } } }).states[0]?.detail;

test.each([
  [{ Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:Test:1' }, 'Lambda Test'],
  [
    { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'Test' } },
    'Lambda Test',
  ],
  [{ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' }, 'Lambda invoke'],
  [
    {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:Other:$LATEST' },
    },
    'Lambda Other',
  ],
  [{ Type: 'Task', Resource: 'arn:aws:states:::dynamodb:putItem' }, 'dynamodb putItem'],
  [{ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:getObject' }, 's3 getObject'],
  [{ Type: 'Task', Resource: 'arn:aws:states:eu-west-1:123456789012:activity:paint' }, 'Activity paint'],
  [
    { Type: 'Task', Resource: '$' + '{aws_lambda_function.test.arn}' },
    '$' + '{aws_lambda_function.test.arn}',
  ],
  [{ Type: 'Wait', Seconds: 5 }, '5 s'],
  [{ Type: 'Wait', Seconds: '{% $pause %}' }, '$pause'],
  [{ Type: 'Wait', SecondsPath: '$.pause' }, '$.pause'],
  [{ Type: 'Wait', Timestamp: '2026-01-01T00:00:00Z' }, 'until 2026-01-01T00:00:00Z'],
  [{ Type: 'Wait', TimestampPath: '$.due' }, 'until $.due'],
  [{ Type: 'Fail', Error: 'Stopped' }, 'Stopped'],
  [{ Type: 'Pass' }, undefined],
])('%j is described as %j', (state, expected) => {
  expect(detail(state)).toBe(expected);
});

test('transitions with the same target and kind are merged, with all their labels', () => {
  const { transitions } = readWorkflow({
    StartAt: 'A',
    States: {
      A: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $x = 1 %}', Next: 'B' },
          { Condition: '{% $x = 2 %}', Next: 'B' },
        ],
        Default: 'B',
      },
      B: {
        Type: 'Task',
        Resource: 'arn',
        Next: 'C',
        Catch: [
          { ErrorEquals: ['E', 'F'], Next: 'C' },
          { ErrorEquals: ['States.ALL'], Next: 'C' },
        ],
      },
      C: { Type: 'Succeed' },
    },
  });
  expect(transitions).toEqual([
    { from: 'A', to: 'B', kind: 'next', labels: ['$x = 1', '$x = 2', 'Default'] },
    { from: 'B', to: 'C', kind: 'next', labels: [] },
    { from: 'B', to: 'C', kind: 'catch', labels: ['Catch E, F', 'Catch States.ALL'] },
  ]);
});

test('what a state does may be missing or wrong: the drawing says less', () => {
  const state = (fields: object) => ({ StartAt: 'A', States: { A: { End: true, ...fields } } });
  expect(readWorkflow(state({ Type: 'Fail', Error: {} })).states[0]?.detail).toBeUndefined();
  expect(
    readWorkflow(state({ Type: 'Choice', Choices: [{ And: 'x', Next: 'A' }] })).transitions,
  ).toMatchObject([{ labels: [''] }]);
});

test.each([
  [null, 'The definition is not a state machine: it needs StartAt and States'],
  [{ StartAt: 'A', States: [] }, 'The definition is not a state machine: it needs StartAt and States'],
  [
    { StartAt: 'B', States: { A: { Type: 'Pass' } } },
    "MISSING_TRANSITION_TARGET: Missing 'Next' target: B (/StartAt)",
  ],
  [
    { StartAt: 'A', States: { A: {} } },
    'SCHEMA_VALIDATION_FAILED: These fields are required: [Type] (/States/A)',
  ],
  [
    {
      StartAt: 'A',
      States: { A: { Type: 'Task', Catch: [{ ErrorEquals: ['E'], Next: 'toString' }], End: true } },
    },
    "MISSING_TRANSITION_TARGET: Missing 'Next' target: toString (/States/A/Catch[0]/Next)",
  ],
  [
    { StartAt: 'A', States: { A: { Type: 'Parallel', Branches: [{}], End: true } } },
    'SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] (/States/A/Branches[0])',
  ],
  [
    { StartAt: 'A', States: { A: { Type: 'Map', End: true } } },
    'SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields: [ItemProcessor, Iterator] (/States/A)',
  ],
  [
    { StartAt: 'A', States: { A: { Type: 'Choice', Choices: 'B' }, B: { Type: 'Succeed' } } },
    'SCHEMA_VALIDATION_FAILED: Expected value of type Array (/States/A/Choices)',
  ],
  [
    { StartAt: 'A', States: { A: { Type: 'Task', Catch: [{ Next: 'A' }], End: true } } },
    'SCHEMA_VALIDATION_FAILED: These fields are required: [ErrorEquals] (/States/A/Catch[0])',
  ],
  [
    { StartAt: 'A', States: { A: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true }] } } },
    'SCHEMA_VALIDATION_FAILED: These fields are required: [Next] (/States/A/Choices[0])',
  ],
])('%j is rejected', (definition, message) => {
  expect(() => readWorkflow(definition)).toThrow(new DiagramError(message));
});
