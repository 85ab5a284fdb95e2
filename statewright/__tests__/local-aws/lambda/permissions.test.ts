import { localLambda } from './support';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:Test';
const permission = { FunctionName: 'Test', StatementId: 'rule', Action: 'lambda:InvokeFunction' };

describe('resource-based policies', () => {
  const { lambda, create } = localLambda();
  beforeEach(() => create('Test', ''));
  afterEach(() => lambda.deleteFunction({ FunctionName: 'Test' }));
  afterAll(() => lambda.close());

  test('consist of permissions', () => {
    const { Statement } = lambda.addPermission({
      ...permission,
      Principal: 'events.amazonaws.com',
      SourceArn: 'arn:aws:events:us-east-1:123456789012:rule/r',
      SourceAccount: '123456789012',
    });
    const statement = {
      Sid: 'rule',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: ARN,
      Condition: {
        StringEquals: { 'AWS:SourceAccount': '123456789012' },
        ArnLike: { 'AWS:SourceArn': 'arn:aws:events:us-east-1:123456789012:rule/r' },
      },
    };
    expect(JSON.parse(Statement)).toEqual(statement);
    expect(JSON.parse(lambda.getPolicy({ FunctionName: 'Test' }).Policy)).toEqual({
      Version: '2012-10-17',
      Id: 'default',
      Statement: [statement],
    });
  });

  test.each([
    ['*', '*'],
    ['123456789012', { AWS: 'arn:aws:iam::123456789012:root' }],
    ['arn:aws:iam::123456789012:role/r', { AWS: 'arn:aws:iam::123456789012:role/r' }],
  ])('name the principal %s', (Principal, expected) => {
    const { Statement } = lambda.addPermission({ ...permission, Principal });
    expect(JSON.parse(Statement).Principal).toEqual(expected);
  });

  test('can be for an organization', () => {
    const { Statement } = lambda.addPermission({
      ...permission,
      Principal: '*',
      PrincipalOrgID: 'o-a1b2c3d4e5',
    });
    expect(JSON.parse(Statement).Condition).toEqual({
      StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
    });
  });

  test('keep all conditions', () => {
    const { Statement } = lambda.addPermission({
      ...permission,
      Action: 'lambda:InvokeFunctionUrl',
      Principal: '*',
      EventSourceToken: 'skill',
      FunctionUrlAuthType: 'NONE',
      InvokedViaFunctionUrl: true,
    });
    expect(JSON.parse(Statement).Condition).toEqual({
      StringEquals: { 'lambda:EventSourceToken': 'skill', 'lambda:FunctionUrlAuthType': 'NONE' },
      Bool: { 'lambda:InvokedViaFunctionUrl': 'true' },
    });
  });

  test.each([
    ['$LATEST', { Qualifier: '$LATEST' }, 'We currently do not support adding policies for $LATEST.'],
    ['a principal that is not a service', { Principal: 'invalid.nonaws.com' }, 'principal was invalid'],
    ['a principal of no account', { Principal: 'arn:aws:iam::1:user/u' }, 'principal was invalid'],
    [
      'the authorization of a URL, for an invocation',
      { FunctionUrlAuthType: 'NONE' } as const,
      'FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action',
    ],
    ['a malformed account', { SourceAccount: '1' }, "Value '1' at 'sourceAccount'"],
    ['a malformed organization', { PrincipalOrgID: 'none' }, "at 'principalOrgID'"],
    ['a token with spaces', { EventSourceToken: 'a b' }, "Value 'a b' at 'eventSourceToken'"],
    ['a source that is not an ARN', { SourceArn: 'rule' }, "Value 'rule' at 'sourceArn'"],
  ])('refuse %s', (_, more, message) => {
    expect(() => lambda.addPermission({ ...permission, Principal: 's3.amazonaws.com', ...more })).toThrow(
      message,
    );
  });

  test('have the revision of their function, and each change makes another', () => {
    const refusal = expect.objectContaining({ code: 'PreconditionFailedException', status: 412 });
    const revision = () => lambda.getFunctionConfiguration({ FunctionName: 'Test' }).RevisionId;
    const first = revision();
    lambda.addPermission({ ...permission, Principal: '*', RevisionId: first });
    const second = lambda.getPolicy({ FunctionName: 'Test' }).RevisionId;
    expect([second, second === first]).toEqual([revision(), false]);
    expect(() =>
      lambda.addPermission({ ...permission, StatementId: 'b', Principal: '*', RevisionId: first }),
    ).toThrow(refusal);
    const removal = { FunctionName: 'Test', StatementId: 'rule' };
    expect(() => lambda.removePermission({ ...removal, RevisionId: first })).toThrow(refusal);
    lambda.removePermission({ ...removal, RevisionId: second });
    expect(revision()).not.toBe(second);
  });

  test('have at most 20 KB', () => {
    const add = (count: number) =>
      lambda.addPermission({ ...permission, StatementId: `rule${count}`, Principal: 's3.amazonaws.com' });
    expect(() => {
      for (let count = 0; count < 200; count++) add(count);
    }).toThrow(expect.objectContaining({ code: 'PolicyLengthExceededException' }));
  });

  test.each(['constructor', '__proto__', 'toString', 'nope', '7'])(
    'are not for a qualifier that does not exist: %s',
    (Qualifier) => {
      const missing = expect.objectContaining({ code: 'ResourceNotFoundException', status: 404 });
      expect(() => lambda.addPermission({ ...permission, Principal: '*', Qualifier })).toThrow(missing);
      expect(() => lambda.getPolicy({ FunctionName: 'Test', Qualifier })).toThrow(missing);
      expect(() => lambda.removePermission({ FunctionName: 'Test', StatementId: 'rule', Qualifier })).toThrow(
        missing,
      );
    },
  );

  test.each(['constructor', '__proto__', 'toString'])('are those of an alias named %s', (Name) => {
    lambda.createAlias({ FunctionName: 'Test', Name, FunctionVersion: '$LATEST' });
    const reference = { FunctionName: 'Test', Qualifier: Name };
    expect(() => lambda.getPolicy(reference)).toThrow('The resource you requested does not exist.');
    lambda.addPermission({ ...permission, ...reference, Principal: '*' });
    expect(JSON.parse(lambda.getPolicy(reference).Policy).Statement).toMatchObject([
      { Sid: 'rule', Resource: `${ARN}:${Name}` },
    ]);
    lambda.removePermission({ ...reference, StatementId: 'rule' });
    expect(() => lambda.getPolicy(reference)).toThrow('The resource you requested does not exist.');
  });

  test('have statements with unique ids, removed one by one', () => {
    lambda.addPermission({ ...permission, Principal: '*' });
    expect(() => lambda.addPermission({ ...permission, Principal: '*' })).toThrow(
      expect.objectContaining({ code: 'ResourceConflictException', status: 409 }),
    );
    lambda.removePermission({ FunctionName: 'Test', StatementId: 'rule' });
    expect(() => lambda.removePermission({ FunctionName: 'Test', StatementId: 'rule' })).toThrow(
      expect.objectContaining({ code: 'ResourceNotFoundException', status: 404 }),
    );
    expect(() => lambda.getPolicy({ FunctionName: 'Test' })).toThrow(
      'The resource you requested does not exist.',
    );
  });

  test('refuse an action of another service', () => {
    expect(() => lambda.addPermission({ ...permission, Action: 's3:GetObject', Principal: '*' })).toThrow(
      "Value 's3:GetObject' at 'action'",
    );
  });
});
