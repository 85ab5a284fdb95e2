import { defineStateMachine, serializeStateMachine } from '../../src/asl';

test('the text is the definition, with its fields in the order in which they were written', () => {
  const machine = defineStateMachine({
    StartAt: 'Second',
    States: { Second: { Type: 'Pass', Next: 'First' }, First: { Type: 'Succeed' } },
  });
  expect(serializeStateMachine(machine)).toBe(`{
  "StartAt": "Second",
  "States": {
    "Second": {
      "Type": "Pass",
      "Next": "First"
    },
    "First": {
      "Type": "Succeed"
    }
  }
}`);
});
