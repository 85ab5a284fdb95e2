import { parsePolicy } from '../../../src/local-aws/iam/parse-policy';
import { awsErrorOf } from '../context';

const statement = (more: object = {}) => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: '*',
  ...more,
});
const policy = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements });
const trust = (more: object = {}) => ({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 'sts:AssumeRole',
    ...more,
  },
});

test('several statements may have an empty Sid', () => {
  const document = policy(statement({ Sid: '' }), statement({ Sid: '' }));
  expect(parsePolicy(JSON.stringify(document), 'identity').statements).toHaveLength(2);
});

describe('identity policies that IAM refuses', () => {
  test.each<[string, unknown, string]>([
    ['no version', { Statement: statement() }, 'Policy document must be version 2012-10-17 or greater.'],
    [
      'an old version',
      { ...policy(statement()), Version: '2008-10-17' },
      'Policy document must be version 2012-10-17 or greater.',
    ],
    ['an unknown version', { ...policy(statement()), Version: '2020-01-01' }, 'Syntax errors in policy.'],
    ['no statement', { Version: '2012-10-17' }, 'Syntax errors in policy.'],
    ['an empty list of statements', policy(), 'Syntax errors in policy.'],
    ['an unknown element', { ...policy(statement()), Statements: [] }, 'Syntax errors in policy.'],
    ['an unknown element in a statement', policy(statement({ Actions: 's3:*' })), 'Syntax errors in policy.'],
    ['an effect in lower case', policy(statement({ Effect: 'allow' })), 'Syntax errors in policy.'],
    ['a list', [], 'Syntax errors in policy.'],
    ['no action', policy(statement({ Action: undefined })), 'Policy statement must contain actions.'],
    ['no resource', policy(statement({ Resource: undefined })), 'Policy statement must contain resources.'],
    ['an element and its opposite', policy(statement({ NotAction: 'a:b' })), 'Syntax errors in policy.'],
    ['an empty list of actions', policy(statement({ Action: [] })), 'Syntax errors in policy.'],
    ['an action that is a number', policy(statement({ Action: 5 })), 'Syntax errors in policy.'],
    [
      'an action without a service',
      policy(statement({ Action: 'Invoke' })),
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [
      'a resource that is not an ARN',
      policy(statement({ Resource: 'Test' })),
      'Resource Test must be in ARN format or "*".',
    ],
    ['a principal', policy(statement({ Principal: '*' })), 'Policy document should not specify a principal.'],
    [
      'an unknown condition operator',
      policy(statement({ Condition: { StringIs: { a: 'b' } } })),
      'Syntax errors in policy.',
    ],
    [
      'a condition value that is an object',
      policy(statement({ Condition: { Bool: { a: {} } } })),
      'Syntax errors in policy.',
    ],
    [
      'a Sid with a dash',
      policy(statement({ Sid: 'a-b' })),
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    ],
    [
      'a Sid twice',
      policy(statement({ Sid: 'a' }), statement({ Sid: 'a' })),
      'Statement IDs (SID) in a single policy must be unique.',
    ],
  ])('%s', async (_, document, message) => {
    expect(await awsErrorOf(() => parsePolicy(JSON.stringify(document), 'identity'))).toBe(
      `MalformedPolicyDocument: ${message}`,
    );
  });

  test('a document that is not JSON', async () => {
    expect(await awsErrorOf(() => parsePolicy("{'Version': 1}", 'identity'))).toBe(
      'MalformedPolicyDocument: This policy contains invalid Json',
    );
  });
});

describe('trust policies that IAM refuses', () => {
  test.each<[string, object, string]>([
    ['a resource', { Resource: '*' }, 'Has prohibited field Resource'],
    ['no principal', { Principal: undefined }, 'Missing required field Principal cannot be empty!'],
    ['no action', { Action: undefined }, 'Missing required field Action'],
    [
      'an action of another service',
      { Action: 'lambda:InvokeFunction' },
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    ['an unknown kind of principal', { Principal: { Services: 'a' } }, 'Syntax errors in policy.'],
  ])('%s', async (_, more, message) => {
    expect(await awsErrorOf(() => parsePolicy(JSON.stringify(trust(more)), 'trust'))).toBe(
      `MalformedPolicyDocument: ${message}`,
    );
  });
});
