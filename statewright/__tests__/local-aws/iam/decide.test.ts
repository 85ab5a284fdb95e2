// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are IAM's variables
import { decide, type PolicyQuestion, type Verdict } from '../../../src/local-aws/iam/decide';
import { parsePolicy } from '../../../src/local-aws/iam/parse-policy';

const fn = 'arn:aws:lambda:us-east-1:123456789012:function:Test';

const allow = (more: object = {}) => ({
  Effect: 'Allow',
  Action: 'lambda:InvokeFunction',
  Resource: fn,
  ...more,
});
const deny = (more: object = {}) => allow({ Effect: 'Deny', ...more });

function verdict(statements: object[], question: Partial<PolicyQuestion> = {}): Verdict {
  const policies = statements.map((Statement) =>
    parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'identity'),
  );
  return decide(policies, { action: 'lambda:InvokeFunction', resource: fn, ...question });
}

describe('identity policies', () => {
  test.each<[string, object[], Verdict]>([
    ['nothing is allowed without a policy', [], 'implicitDeny'],
    ['an exact action on an exact resource', [allow()], 'allowed'],
    ['another action', [allow({ Action: 'lambda:GetFunction' })], 'implicitDeny'],
    ['another resource', [allow({ Resource: `${fn}2` })], 'implicitDeny'],
    [
      'a resource with a qualifier is another resource',
      [allow({ Resource: `${fn}:$LATEST` })],
      'implicitDeny',
    ],
    ['one of several', [allow({ Action: ['lambda:GetFunction', 'lambda:InvokeFunction'] })], 'allowed'],
    ['actions without regard to case', [allow({ Action: 'LAMBDA:invokefunction' })], 'allowed'],
    ['resources with regard to case', [allow({ Resource: fn.toLowerCase() })], 'implicitDeny'],
    ['* for any action', [allow({ Action: '*' })], 'allowed'],
    ['* inside an action', [allow({ Action: 'lambda:Invoke*' })], 'allowed'],
    ['? for one character', [allow({ Action: 'lambda:InvokeFunctio?' })], 'allowed'],
    ['? not for none', [allow({ Action: 'lambda:InvokeFunction?' })], 'implicitDeny'],
    ['* for any resource', [allow({ Resource: '*' })], 'allowed'],
    ['* across the parts of an ARN', [allow({ Resource: 'arn:aws:lambda:us-east-1:*' })], 'allowed'],
    ['* inside the parts of an ARN', [allow({ Resource: 'arn:aws:lambda:*:*:*:Test' })], 'allowed'],
    ['* after *, with ? between', [allow({ Resource: 'arn:*:l?mbda:*:function:*es?' })], 'allowed'],
    ['a dot is only a dot', [allow({ Resource: fn.replace('T', '.') })], 'implicitDeny'],
    ['a Deny overrides an Allow', [allow(), deny()], 'explicitDeny'],
    ['a Deny overrides an Allow, also when it comes first', [deny(), allow()], 'explicitDeny'],
    ['a Deny of something else', [allow(), deny({ Action: 'lambda:GetFunction' })], 'allowed'],
    ['NotAction: all but these', [allow({ Action: undefined, NotAction: 'iam:*' })], 'allowed'],
    ['NotAction: not these', [allow({ Action: undefined, NotAction: 'lambda:*' })], 'implicitDeny'],
    ['NotResource: all but these', [allow({ Resource: undefined, NotResource: `${fn}2` })], 'allowed'],
    ['NotResource: not these', [allow({ Resource: undefined, NotResource: fn })], 'implicitDeny'],
    [
      'Deny with NotResource: everything else is forbidden',
      [allow({ Resource: '*' }), deny({ Resource: undefined, NotResource: `${fn}2` })],
      'explicitDeny',
    ],
  ])('%s', (_, statements, expected) => {
    expect(verdict(statements)).toBe(expected);
  });
});

describe('policy variables', () => {
  const conditions = { 'aws:PrincipalAccount': '123456789012', 'aws:TagKeys': ['a', 'b'] };
  const resource = (text: string) => [allow({ Resource: text })];
  const only = (Condition: object) => [allow({ Condition })];

  test.each<[string, object[], Verdict]>([
    ['in a resource', resource('arn:aws:lambda:*:${aws:PrincipalAccount}:function:Test'), 'allowed'],
    ['by a name in any case', resource('arn:aws:lambda:*:${AWS:principalaccount}:*'), 'allowed'],
    ['of another value', resource('arn:aws:lambda:${aws:PrincipalAccount}:*'), 'implicitDeny'],
    ['missing in the request', resource('arn:aws:lambda:*${aws:userid}*'), 'implicitDeny'],
    ['with a default', resource("arn:aws:lambda:*:function:${aws:userid, 'Test'}"), 'allowed'],
    ['with several values', resource('arn:aws:lambda:*${aws:TagKeys}*'), 'implicitDeny'],
    ['for a literal star', resource('arn:aws:lambda:${*}'), 'implicitDeny'],
    [
      'in a condition',
      only({ StringEquals: { 'aws:PrincipalAccount': '${aws:PrincipalAccount}' } }),
      'allowed',
    ],
    [
      'missing in a condition',
      only({ StringLike: { 'aws:PrincipalAccount': '*${aws:userid}' } }),
      'implicitDeny',
    ],
  ])('%s', (_, statements, expected) => {
    expect(verdict(statements, { conditions })).toBe(expected);
  });

  test("a variable's value has no wildcards", () => {
    const stars = { 'aws:PrincipalTag/team': '*' };
    const statements = resource('arn:aws:lambda:*:function:${aws:PrincipalTag/team}');
    expect(verdict(statements, { conditions: stars })).toBe('implicitDeny');
  });

  test('there are none before version 2012-10-17', () => {
    const asks = (Version: string, account: string) =>
      decide(
        [
          parsePolicy(
            JSON.stringify({
              Version,
              Statement: [
                {
                  ...allow(),
                  Principal: '*',
                  Condition: { StringEquals: { 'aws:PrincipalAccount': '${aws:PrincipalAccount}' } },
                },
              ],
            }),
            'resource',
          ),
        ],
        { action: 'lambda:InvokeFunction', resource: fn, conditions: { 'aws:PrincipalAccount': account } },
      );
    expect(asks('2012-10-17', '1')).toBe('allowed');
    expect(asks('2008-10-17', '1')).toBe('implicitDeny');
    expect(asks('2008-10-17', '${aws:PrincipalAccount}')).toBe('allowed');
  });

  test('${*} is a star, ${?} a question mark', () => {
    const question = { resource: 'arn:aws:s3:::a*?' };
    expect(verdict([allow({ Resource: 'arn:aws:s3:::${?}*' })], question)).toBe('implicitDeny');
    expect(verdict([allow({ Resource: 'arn:aws:s3:::a${*}${?}' })], question)).toBe('allowed');
  });
});

describe('conditions', () => {
  const machine = 'arn:aws:states:us-east-1:123456789012:stateMachine:state';
  const conditions = {
    'aws:SourceArn': machine,
    'aws:SourceAccount': '123456789012',
    'aws:SecureTransport': 'true',
    'lambda:Count': '5',
    'aws:CurrentTime': '2026-01-02T00:00:00Z',
    'aws:TagKeys': ['cost', 'team'],
    'aws:SourceIp': '203.0.113.7',
    'aws:VpcSourceIp': '2001:db8::7',
    'lambda:Empty': '',
  };

  test.each<[string, object, boolean]>([
    ['StringEquals', { StringEquals: { 'aws:SourceAccount': '123456789012' } }, true],
    ['StringEquals, another value', { StringEquals: { 'aws:SourceAccount': '210987654321' } }, false],
    ['one of several values', { StringEquals: { 'aws:SourceAccount': ['1', '123456789012'] } }, true],
    ['keys without regard to case', { StringEquals: { 'AWS:sourceaccount': '123456789012' } }, true],
    ['StringEquals treats * as a star', { StringEquals: { 'aws:SourceAccount': '1*' } }, false],
    ['StringLike', { StringLike: { 'aws:SourceAccount': '1*' } }, true],
    ['StringNotEquals', { StringNotEquals: { 'aws:SourceAccount': '1' } }, true],
    [
      'StringNotEquals of one of several',
      { StringNotEquals: { 'aws:SourceAccount': ['1', '123456789012'] } },
      false,
    ],
    ['StringNotLike', { StringNotLike: { 'aws:SourceAccount': '1*' } }, false],
    ['StringEqualsIgnoreCase', { StringEqualsIgnoreCase: { 'aws:SourceArn': machine.toUpperCase() } }, true],
    ['ArnLike', { ArnLike: { 'aws:SourceArn': 'arn:aws:states:*:123456789012:stateMachine:*' } }, true],
    [
      'ArnEquals',
      { ArnEquals: { 'aws:SourceArn': 'arn:aws:states:us-east-?:123456789012:stateMachine:state' } },
      true,
    ],
    ['ArnLike: * stays inside its part', { ArnLike: { 'aws:SourceArn': 'arn:aws:states:*:state' } }, false],
    ['ArnNotLike', { ArnNotLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }, true],
    ['ArnLike of a value that is not an ARN', { ArnLike: { 'aws:SourceAccount': '*' } }, false],
    ['Bool', { Bool: { 'aws:SecureTransport': true } }, true],
    ['Bool, the other', { Bool: { 'aws:SecureTransport': 'false' } }, false],
    ['NumericLessThan', { NumericLessThan: { 'lambda:Count': 10 } }, true],
    ['NumericGreaterThanEquals', { NumericGreaterThanEquals: { 'lambda:Count': '6' } }, false],
    ['DateGreaterThan', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }, true],
    ['DateLessThan, epoch seconds', { DateLessThan: { 'aws:CurrentTime': '1767225600' } }, false],
    ['Null: the key is absent', { Null: { 'aws:SourceVpc': 'true' } }, true],
    ['Null: the key is present', { Null: { 'aws:SourceArn': 'true' } }, false],
    ['Null false: the key must be present', { Null: { 'aws:SourceArn': 'false' } }, true],
    ['a missing key fails', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, false],
    ['a missing key passes the negated', { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }, true],
    ['a missing key passes IfExists', { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } }, true],
    ['IfExists with another value', { StringEqualsIfExists: { 'aws:SourceAccount': '1' } }, false],
    ['ForAnyValue', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team'] } }, true],
    ['ForAnyValue, none', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['stage'] } }, false],
    ['ForAnyValue of a missing key', { 'ForAnyValue:StringEquals': { 'aws:Keys': ['team'] } }, false],
    ['ForAllValues', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'cost', 'stage'] } }, true],
    ['ForAllValues, not all', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }, false],
    ['ForAllValues of a missing key', { 'ForAllValues:StringLike': { 'aws:Keys': ['team'] } }, true],
    ['ForAllValues with a negated operator', { 'ForAllValues:StringNotLike': { 'aws:TagKeys': 's*' } }, true],
    ['IpAddress in a range', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, true],
    ['IpAddress outside of it', { IpAddress: { 'aws:SourceIp': ['203.0.112.0/24', '10.0.0.0/8'] } }, false],
    ['IpAddress, one address', { IpAddress: { 'aws:SourceIp': '203.0.113.7' } }, true],
    ['IpAddress, everything', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, true],
    ['IpAddress of version 6', { IpAddress: { 'aws:VpcSourceIp': '2001:DB8::/32' } }, true],
    ['IpAddress of another version', { IpAddress: { 'aws:VpcSourceIp': '0.0.0.0/0' } }, false],
    ['IpAddress of no address', { IpAddress: { 'aws:SourceAccount': '0.0.0.0/0' } }, false],
    ['IpAddress in no range', { IpAddress: { 'aws:SourceIp': '203.0.113.0/33' } }, false],
    ['NotIpAddress', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, false],
    ['NotIpAddress, another range', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, true],
    ['an empty text is not the number 0', { NumericEquals: { 'lambda:Empty': '0' } }, false],
    ['nor less than a number', { NumericLessThan: { 'lambda:Empty': '1' } }, false],
    ['nor another number than 1', { NumericNotEquals: { 'lambda:Empty': '1' } }, false],
    ['nor are they in a policy', { NumericEquals: { 'lambda:Count': '' } }, false],
    ['an empty text is not a date', { DateLessThan: { 'lambda:Empty': '2026-01-01' } }, false],
    ['a text is not a date', { DateGreaterThan: { 'aws:CurrentTime': 'May 1' } }, false],
    ['${*} in an exact value', { StringEquals: { 'aws:SourceAccount': '${*}' } }, false],
    [
      'all operators and keys together',
      { StringEquals: { 'aws:SourceAccount': '123456789012' }, Bool: { 'aws:SecureTransport': 'false' } },
      false,
    ],
  ])('%s', (_, Condition, holds) => {
    expect(verdict([allow({ Condition })], { conditions })).toBe(holds ? 'allowed' : 'implicitDeny');
  });
});

describe('trust policies', () => {
  const asks = (statement: object, service = 'states.amazonaws.com', conditions?: Record<string, string>) =>
    decide([parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }), 'trust')], {
      action: 'sts:AssumeRole',
      principal: { kind: 'Service', ids: [service] },
      ...(conditions && { conditions }),
    });
  const trust = (more: object = {}) => ({
    Effect: 'Allow',
    Principal: { Service: 'states.amazonaws.com' },
    Action: 'sts:AssumeRole',
    ...more,
  });

  test.each<[string, object, Verdict]>([
    ['the service it names', trust(), 'allowed'],
    ['another service', trust({ Principal: { Service: 'lambda.amazonaws.com' } }), 'implicitDeny'],
    [
      'one of several',
      trust({ Principal: { Service: ['a.amazonaws.com', 'states.amazonaws.com'] } }),
      'allowed',
    ],
    ['everybody', trust({ Principal: '*' }), 'allowed'],
    ['an account is not a service', trust({ Principal: { AWS: '123456789012' } }), 'implicitDeny'],
    ['another action', trust({ Action: 'sts:TagSession' }), 'implicitDeny'],
    [
      'all but it',
      trust({ Principal: undefined, NotPrincipal: { Service: 'states.amazonaws.com' } }),
      'implicitDeny',
    ],
    ['a Deny', trust({ Effect: 'Deny' }), 'explicitDeny'],
  ])('%s', (_, statement, expected) => {
    expect(asks(statement)).toBe(expected);
  });

  test('the conditions against the confused deputy are evaluated', () => {
    const statement = trust({
      Condition: {
        StringEquals: { 'aws:SourceAccount': '123456789012' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:states:us-east-1:123456789012:stateMachine:*' },
      },
    });
    const mine = {
      'aws:SourceAccount': '123456789012',
      'aws:SourceArn': 'arn:aws:states:us-east-1:123456789012:stateMachine:state',
    };
    expect(asks(statement, 'states.amazonaws.com', mine)).toBe('allowed');
    expect(asks(statement, 'states.amazonaws.com', { ...mine, 'aws:SourceAccount': '210987654321' })).toBe(
      'implicitDeny',
    );
    expect(asks(statement, 'states.amazonaws.com')).toBe('implicitDeny');
  });
});
