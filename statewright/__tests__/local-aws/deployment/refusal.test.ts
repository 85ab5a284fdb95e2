import { AwsError } from '../../../src/local-aws/aws-error';
import { refusal } from '../../../src/local-aws/deployment/refusal';
import { Arguments } from '../../../src/terraform/arguments';

const block = new Arguments({ definition: '{\n  "StartAt": "A",\n}' }, 'aws_sfn_state_machine.m');

test.each([
  [
    "'arn:aws:iam::123456789012:role/r' is not authorized to create managed-rule.",
    /events:PutTargets, events:PutRule and events:DescribeRule/,
  ],
  ['The state machine IAM Role is not authorized to access the Log Destination', /logs:CreateLogDelivery, /],
])('the hint says what the role lacks: %s', (message, hint) => {
  const error = refusal(new AwsError('AccessDeniedException', message), block);

  expect(error.message).toBe(`aws_sfn_state_machine.m: AccessDeniedException: ${message}`);
  expect(error.hint).toMatch(hint);
});

test('another refusal is as on AWS', () => {
  const error = refusal(new AwsError('InvalidName', 'Invalid Name: a b'), block);

  expect([error.message, error.hint]).toEqual([
    'aws_sfn_state_machine.m: InvalidName: Invalid Name: a b',
    undefined,
  ]);
});

test('a definition that is not JSON is shown at the fault', () => {
  expect(refusal(new AwsError('InvalidDefinition', 'Unexpected character'), block).message).toBe(
    `aws_sfn_state_machine.m: the definition is not valid JSON: line 3, column 1: expected a field name in double quotes, found '}', in: { "StartAt": "A", }`,
  );
});
