import { parseResource } from '../../src/asl/resource';
import { checkResponse } from '../../src/integrations/response-model';

jest.mock('../../src/integrations/sdk-package', () => ({
  loadSdkPackage: (name: string) => {
    throw new Error(`@aws-sdk/client-${name} is not installed`);
  },
}));

function check(resource: string, value: object): void {
  const called = parseResource(`arn:aws:states:::${resource}`);
  if (called.kind !== 'integration') throw new Error(`${resource} is not an integration`);
  checkResponse(called, value as never, 'STRICT');
}

test.each([
  ['lambda:invoke', { id: 7 }],
  ['aws-sdk:lambda:invoke', '{"id":7}'],
])('the result of %s is checked without the package of the SDK', (resource, Payload) => {
  check(resource, { Payload, ExecutedVersion: '$LATEST' });
  expect(() => check(resource, { Payload, ExecutedVersion: 1 })).toThrow(
    "Field 'ExecutedVersion' must be a string",
  );
  expect(() => check('sqs:sendMessage', {})).toThrow('@aws-sdk/client-sqs is not installed');
});
