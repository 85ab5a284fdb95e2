import { localLambda, zip } from './support';

const layerArn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:layer:${name}`;
const greeting = (text: string) => ({
  ZipFile: zip({ 'nodejs/node_modules/greeting/index.js': `module.exports = ${JSON.stringify(text)}` }),
});

describe('layers', () => {
  const { lambda, create, call } = localLambda({ maxEnvironments: 2 });
  afterAll(() => lambda.close());

  test('have versions, whose numbers are never used again', () => {
    const first = lambda.publishLayerVersion({
      LayerName: 'counted',
      Content: greeting('one'),
      Description: 'first',
      CompatibleRuntimes: ['nodejs24.x'],
      CompatibleArchitectures: ['arm64'],
      LicenseInfo: 'MIT',
    });
    expect(first).toEqual({
      LayerArn: layerArn('counted'),
      LayerVersionArn: `${layerArn('counted')}:1`,
      Version: 1,
      Description: 'first',
      CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
      CompatibleRuntimes: ['nodejs24.x'],
      CompatibleArchitectures: ['arm64'],
      LicenseInfo: 'MIT',
      Content: { CodeSha256: expect.stringMatching(/^[\w+/]{43}=$/), CodeSize: expect.any(Number) },
    });
    lambda.publishLayerVersion({ LayerName: layerArn('counted'), Content: greeting('two') });
    expect(lambda.getLayerVersion({ LayerName: 'counted', VersionNumber: 1 })).toEqual(first);
    expect(lambda.getLayerVersionByArn({ Arn: `${layerArn('counted')}:1` })).toEqual(first);
    const listed = () =>
      lambda.listLayerVersions({ LayerName: 'counted' }).LayerVersions.map(({ Version }) => Version);
    expect(listed()).toEqual([2, 1]);
    expect(lambda.listLayers({}).Layers).toEqual([
      {
        LayerName: 'counted',
        LayerArn: layerArn('counted'),
        LatestMatchingVersion: expect.objectContaining({ LayerVersionArn: `${layerArn('counted')}:2` }),
      },
    ]);
    expect(
      lambda.listLayers({ CompatibleRuntime: 'nodejs24.x' }).Layers[0]?.LatestMatchingVersion.Version,
    ).toBe(1);
    lambda.deleteLayerVersion({ LayerName: 'counted', VersionNumber: 2 });
    expect(listed()).toEqual([1]);
    expect(lambda.publishLayerVersion({ LayerName: 'counted', Content: greeting('two') }).Version).toBe(3);
    for (const VersionNumber of [1, 3, 9]) lambda.deleteLayerVersion({ LayerName: 'counted', VersionNumber });
    expect(lambda.listLayers({}).Layers).toEqual([]);
    expect(lambda.listLayerVersions({ LayerName: 'counted' }).LayerVersions).toEqual([]);
  });

  test('that do not exist are refused, in the words of AWS', () => {
    const absent = {
      code: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
      status: 404,
    };
    expect(() => lambda.getLayerVersion({ LayerName: 'absent', VersionNumber: 1 })).toThrow(
      expect.objectContaining(absent),
    );
    expect(() => lambda.getLayerVersionByArn({ Arn: `${layerArn('absent')}:1` })).toThrow(
      expect.objectContaining(absent),
    );
    expect(() => lambda.getLayerVersionByArn({ Arn: layerArn('absent') })).toThrow(
      /at 'arn' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
    );
    expect(() => lambda.deleteLayerVersion({ LayerName: 'absent', VersionNumber: 0 })).toThrow(
      'Layer Version Cannot be less than 1.',
    );
  });

  test.each([
    [[`${layerArn('absent')}:1`], /^Layer version arn:.*:layer:absent:1 does not exist\.$/],
    [[`${layerArn('present')}:9`], /^Layer version arn:.*:layer:present:9 does not exist\.$/],
    [[layerArn('present')], /at 'layers' failed to satisfy constraint: /],
    [
      [`${layerArn('present')}:1`, `${layerArn('present')}:2`],
      /^Two different versions of the same layer are not allowed to be referenced in the same function\./,
    ],
    [Array(6).fill(`${layerArn('present')}:1`), 'Cannot reference more than 5 layers.'],
    [
      ['arn:aws:lambda:eu-west-1:123456789012:layer:present:1'],
      'Layers are not in the same region as the function. Layers are expected to be in region us-east-1.',
    ],
  ])('of a function are checked: %j', (Layers, message) => {
    for (let version = 0; version < 2; version++) {
      lambda.publishLayerVersion({ LayerName: 'present', Content: greeting('hello') });
    }
    expect(() => create('refused', 'return 1', { Layers })).toThrow(message);
    create(`changed`, 'return 1');
    expect(() => lambda.updateFunctionConfiguration({ FunctionName: 'changed', Layers })).toThrow(message);
    lambda.deleteFunction({ FunctionName: 'changed' });
  });

  test('of another account are kept without their content, and a warning says so once', async () => {
    lambda.publishLayerVersion({ LayerName: 'theirs', Content: greeting('not this one') });
    const theirs = 'arn:aws:lambda:us-east-1:210987654321:layer:theirs:1';
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    create('foreign', 'return 1', { Layers: [theirs] });
    const { Layers } = lambda.updateFunctionConfiguration({ FunctionName: 'foreign', Layers: [theirs] });
    expect(warn.mock.calls).toEqual([[expect.stringContaining(`run here without the layer ${theirs}`)]]);
    warn.mockRestore();
    expect(Layers).toEqual([{ Arn: theirs, CodeSize: 0 }]);
    expect((await call('foreign')).value).toBe(1);
    create('lacking', 'return require("greeting")', { Layers: [theirs] });
    expect((await call('lacking')).value).toMatchObject({
      errorMessage: expect.stringContaining('greeting'),
    });
  });

  test('stay with their functions when they are deleted', async () => {
    const { LayerVersionArn, Content } = lambda.publishLayerVersion({
      LayerName: 'kept',
      Content: greeting('still here'),
    });
    expect(create('keeps', 'return require("greeting")', { Layers: [LayerVersionArn] }).Layers).toEqual([
      { Arn: LayerVersionArn, CodeSize: Content.CodeSize },
    ]);
    lambda.deleteLayerVersion({ LayerName: 'kept', VersionNumber: 1 });
    expect(() => lambda.getLayerVersion({ LayerName: 'kept', VersionNumber: 1 })).toThrow('does not exist');
    expect(() => create('late', 'return 1', { Layers: [LayerVersionArn] })).toThrow('does not exist');
    expect((await call('keeps')).value).toBe('still here');
  });
});

describe('the policy of a layer version', () => {
  const { lambda } = localLambda();
  const version = { LayerName: 'shared', VersionNumber: 1 };
  const add = (StatementId: string, Principal: string, more: object = {}) =>
    lambda.addLayerVersionPermission({
      ...version,
      StatementId,
      Principal,
      Action: 'lambda:GetLayerVersion',
      ...more,
    });
  const fails = (code: string) => expect.objectContaining({ code });
  beforeEach(() => {
    const { Version } = lambda.publishLayerVersion({ LayerName: 'shared', Content: greeting('hi') });
    version.VersionNumber = Version;
  });
  afterAll(() => lambda.close());

  test('has a statement for each permission', () => {
    const arn = `${layerArn('shared')}:${version.VersionNumber}`;
    const statement = { Effect: 'Allow', Action: 'lambda:GetLayerVersion', Resource: arn };
    expect(() => lambda.getLayerVersionPolicy(version)).toThrow(fails('ResourceNotFoundException'));
    expect(JSON.parse(add('one', '111122223333').Statement)).toEqual({
      Sid: 'one',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      ...statement,
    });
    const { RevisionId } = add('all', '*', { OrganizationId: 'o-1234567890' });
    const { Policy, RevisionId: current } = lambda.getLayerVersionPolicy(version);
    expect(current).toBe(RevisionId);
    expect(JSON.parse(Policy).Statement).toEqual([
      expect.objectContaining({ Sid: 'one' }),
      {
        Sid: 'all',
        Principal: '*',
        ...statement,
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } },
      },
    ]);
    expect(lambda.getLayerVersion(version)).not.toHaveProperty('policy');
    for (const StatementId of ['one', 'all'])
      lambda.removeLayerVersionPermission({ ...version, StatementId });
    expect(() => lambda.getLayerVersionPolicy(version)).toThrow(fails('ResourceNotFoundException'));
  });

  test('refuses a statement twice, an unknown one, and an earlier revision', () => {
    const { RevisionId } = add('one', '*');
    expect(() => add('one', '*')).toThrow(fails('ResourceConflictException'));
    add('two', '*', { RevisionId });
    expect(() => add('three', '*', { RevisionId })).toThrow(fails('PreconditionFailedException'));
    const remove = (StatementId: string, more: object = {}) =>
      lambda.removeLayerVersionPermission({ ...version, StatementId, ...more });
    expect(() => remove('none')).toThrow(fails('ResourceNotFoundException'));
    expect(() => remove('two', { RevisionId })).toThrow(fails('PreconditionFailedException'));
    expect(() => add('four', 'not-an-account')).toThrow(fails('ValidationException'));
    expect(() => lambda.getLayerVersionPolicy({ LayerName: 'shared', VersionNumber: 999 })).toThrow(
      fails('ResourceNotFoundException'),
    );
  });
});
