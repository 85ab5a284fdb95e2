import { readableCause } from '../../src/console/readable-cause';

test.each([
  ['plain text', 'plain text'],
  ['{"errorType":"NoPrice","errorMessage":"item 7 has no price","trace":["at x"]}', 'item 7 has no price'],
  [
    '{"Error":"States.TaskFailed","Cause":"{\\"errorMessage\\":\\"deep\\"}","Input":"{}"}',
    'States.TaskFailed: deep',
  ],
  ['{"Error":"Refused","ExecutionArn":"arn"}', 'Refused'],
  ['{"message":"too many requests"}', 'too many requests'],
  ['{"other":1}', '{"other":1}'],
  ['[1]', '[1]'],
  ['"text"', '"text"'],
  ['', ''],
])('%s', (cause, expected) => {
  expect(readableCause(cause)).toBe(expected);
});
