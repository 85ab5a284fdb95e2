import { createHash } from 'node:crypto';
import type { LambdaService } from '../../../src/local-aws/lambda/lambda-service';
import { handlerZip, localLambda, ROLE, zip } from './support';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:Test';

describe('functions', () => {
  const { lambda, create } = localLambda();
  afterAll(() => lambda.close());
  afterEach(() => {
    for (const { FunctionName } of lambda.listFunctions().Functions) lambda.deleteFunction({ FunctionName });
  });

  test('are created with defaults, and described as AWS does', () => {
    const zip = handlerZip('');
    create('Test', zip);
    expect(lambda.getFunction({ FunctionName: 'Test' })).toEqual({
      Configuration: {
        FunctionName: 'Test',
        FunctionArn: ARN,
        Version: '$LATEST',
        Role: ROLE,
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Description: '',
        Timeout: 3,
        MemorySize: 128,
        CodeSha256: createHash('sha256').update(zip).digest('base64'),
        CodeSize: zip.length,
        LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
        RevisionId: expect.any(String),
        Architectures: ['x86_64'],
        EphemeralStorage: { Size: 512 },
        TracingConfig: { Mode: 'PassThrough' },
        LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/Test' },
        PackageType: 'Zip',
        SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
        State: 'Active',
        LastUpdateStatus: 'Successful',
      },
      Code: { RepositoryType: 'S3' },
    });
  });

  test('keep their configuration', () => {
    const { Content } = lambda.publishLayerVersion({
      LayerName: 'l',
      Content: { ZipFile: zip({ 'a.txt': 'a' }) },
    });
    create('Test', '', {
      Timeout: 10,
      MemorySize: 256,
      Description: 'text',
      Architectures: ['arm64'],
      Environment: { Variables: { NAME: 'value' } },
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: 'mine' },
      EphemeralStorage: { Size: 1024 },
      Layers: ['arn:aws:lambda:us-east-1:123456789012:layer:l:1'],
      Tags: { a: '1' },
    });
    expect(lambda.getFunction({ FunctionName: 'Test' })).toMatchObject({
      Configuration: {
        Timeout: 10,
        MemorySize: 256,
        Description: 'text',
        Architectures: ['arm64'],
        Environment: { Variables: { NAME: 'value' } },
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: {
          LogFormat: 'JSON',
          LogGroup: 'mine',
          ApplicationLogLevel: 'INFO',
          SystemLogLevel: 'INFO',
        },
        EphemeralStorage: { Size: 1024 },
        Layers: [{ Arn: 'arn:aws:lambda:us-east-1:123456789012:layer:l:1', CodeSize: Content.CodeSize }],
      },
      Tags: { a: '1' },
    });
  });

  test.each(['Test', 'function:Test', '123456789012:function:Test', ARN, `${ARN}:$LATEST`, 'Test:$LATEST'])(
    'are found as %s',
    (FunctionName) => {
      create('Test', '');
      expect(lambda.getFunctionConfiguration({ FunctionName }).FunctionName).toBe('Test');
    },
  );

  test.each([
    [{ FunctionName: 'Test' }, 'ResourceNotFoundException', `Function not found: ${ARN}`, 404],
    [{ FunctionName: 'Test:7' }, 'ResourceNotFoundException', `Function not found: ${ARN}:7`, 404],
    [{ FunctionName: 'no name' }, 'ValidationException', "Value 'no name' at 'functionName'", 400],
    [{ FunctionName: 'x'.repeat(65) }, 'ValidationException', 'less than or equal to 64', 400],
    [{ FunctionName: 'Test:1', Qualifier: '2' }, 'InvalidParameterValueException', 'derived qualifier', 400],
    [
      { FunctionName: ARN.replace('us-east-1', 'eu-west-1') },
      'ResourceNotFoundException',
      "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
      404,
    ],
  ])('are not found by %j', (request, code, message, status) => {
    expect(() => lambda.getFunction(request)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message), status }),
    );
  });

  test('have unique names', () => {
    create('Test', '');
    expect(() => create('Test', '')).toThrow(
      expect.objectContaining({
        code: 'ResourceConflictException',
        message: 'Function already exist: Test',
        status: 409,
      }),
    );
  });

  test.each<[string, Parameters<typeof create>[2], string]>([
    [
      'a timeout of 0',
      { Timeout: 0 },
      "Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    ['a timeout of 901', { Timeout: 901 }, 'Member must have value less than or equal to 900'],
    ['127 MB', { MemorySize: 127 }, "Value '127' at 'memorySize'"],
    ['10,241 MB', { MemorySize: 10_241 }, 'less than or equal to 10240'],
    ['half a second', { Timeout: 0.5 }, 'Member must be an integer'],
    ['a bad role', { Role: 'admin' }, "Value 'admin' at 'role'"],
    ['an unknown runtime', { Runtime: 'cobol1' }, "Value cobol1 at 'runtime'"],
    ['a bad variable name', { Environment: { Variables: { '1A': 'x' } } }, "at 'environment.variables'"],
    [
      'a reserved variable',
      { Environment: { Variables: { AWS_REGION: 'x' } } },
      'Reserved keys used in this request: AWS_REGION',
    ],
    [
      'too much environment',
      { Environment: { Variables: { AA: 'x'.repeat(4096) } } },
      'exceeded the 4KB limit',
    ],
    [
      'an unknown architecture',
      { Architectures: ['mips' as 'arm64'] },
      "Value 'mips' at 'architectures.1.member'",
    ],
    ['an image', { PackageType: 'Image' }, 'Container images are not supported here'],
    ['a bucket without a key', { Code: { S3Bucket: 'b' } }, 'a bucket without a key (S3Key)'],
    ['no code', { Code: {} }, 'the request has no code'],
    ['no zip', { Code: { ZipFile: Buffer.from('text') } }, 'Could not unzip uploaded file.'],
    ['a qualifier', { FunctionName: 'Test:1' }, 'must not have a qualifier'],
    [
      'levels for a log in plain text',
      { LoggingConfig: { LogFormat: 'Text', SystemLogLevel: 'WARN' } },
      'LogLevel is not supported when LogFormat is set to "Text".',
    ],
    [
      'snapshots of Node.js',
      { SnapStart: { ApplyOn: 'PublishedVersions' } },
      'nodejs24.x is not supported for SnapStart enabled functions.',
    ],
    [
      'durable executions',
      { DurableConfig: { ExecutionTimeout: 60 } },
      'durable functions are not supported here',
    ],
    [
      'tenants',
      { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } },
      'tenant isolation is not supported here',
    ],
    ['an image configuration', { ImageConfig: {} }, 'container images, which are not supported here'],
    ['managed instances', { PublishTo: 'LATEST_PUBLISHED' }, 'Managed Instances are not supported here'],
    ['an empty tag', { Tags: { '': 'x' } }, 'Map keys must have length'],
  ])('are refused with %s', (_, more, message) => {
    expect(() => create('Test', '', more)).toThrow(message);
    expect(lambda.listFunctions().Functions).toEqual([]);
  });

  test('keep an environment without variables', () => {
    create('Test', '', { Environment: { Variables: {} } });
    lambda.updateFunctionConfiguration({ FunctionName: 'Test', Timeout: 9 });
    expect(lambda.getFunctionConfiguration({ FunctionName: 'Test' }).Environment).toEqual({ Variables: {} });
  });

  test('keep what has no effect here, and lose it with an empty value', () => {
    const effects = {
      DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:123456789012:dead' },
      KMSKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/k',
      FileSystemConfigs: [
        { Arn: 'arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/a', LocalMountPath: '/mnt/a' },
      ],
    };
    create('Test', '', effects);
    expect(lambda.getFunctionConfiguration({ FunctionName: 'Test' })).toMatchObject(effects);
    lambda.updateFunctionConfiguration({
      FunctionName: 'Test',
      DeadLetterConfig: { TargetArn: '' },
      KMSKeyArn: '',
      FileSystemConfigs: [],
    });
    const after = lambda.getFunctionConfiguration({ FunctionName: 'Test' });
    for (const member of Object.keys(effects)) expect(after).not.toHaveProperty(member);
  });

  test('have snapshots where AWS takes them', () => {
    const snapStart = (Qualifier: string) =>
      lambda.getFunctionConfiguration({ FunctionName: 'Test', Qualifier }).SnapStart;
    create('Test', '', { Runtime: 'python3.13', SnapStart: { ApplyOn: 'PublishedVersions' }, Publish: true });
    expect(snapStart('$LATEST')).toEqual({ ApplyOn: 'PublishedVersions', OptimizationStatus: 'Off' });
    expect(snapStart('1')).toEqual({ ApplyOn: 'PublishedVersions', OptimizationStatus: 'On' });
    expect(() => lambda.updateFunctionConfiguration({ FunctionName: 'Test', Runtime: 'nodejs24.x' })).toThrow(
      'nodejs24.x is not supported for SnapStart enabled functions.',
    );
  });

  test('are refused with a code signing configuration, because none exists', () => {
    const CodeSigningConfigArn =
      'arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-0123456789abcdef0';
    expect(() => create('Test', '', { CodeSigningConfigArn })).toThrow(
      expect.objectContaining({ code: 'CodeSigningConfigNotFoundException', status: 404 }),
    );
  });

  test('need a runtime and a handler', () => {
    const request = { FunctionName: 'Test', Role: ROLE, Code: { ZipFile: handlerZip('') } };
    expect(() => lambda.createFunction(request)).toThrow('Runtime and Handler are mandatory parameters');
  });

  test('need a role that Lambda may assume', async () => {
    const strict = localLambda({ canAssume: ({ service }) => service !== 'lambda.amazonaws.com' });
    expect(() => strict.create('Test', '')).toThrow(
      'The role defined for the function cannot be assumed by Lambda.',
    );
    await strict.lambda.close();
  });

  test('change only in the members of an update', () => {
    create('Test', '', { Timeout: 5, Environment: { Variables: { AA: '1' } } });
    const before = lambda.getFunctionConfiguration({ FunctionName: 'Test' });
    lambda.updateFunctionConfiguration({ FunctionName: 'Test', MemorySize: 512 });
    const after = lambda.getFunctionConfiguration({ FunctionName: 'Test' });
    const changes = { MemorySize: 512, RevisionId: after.RevisionId, LastModified: after.LastModified };
    expect(after).toEqual({ ...before, ...changes });
    expect(after.RevisionId).not.toBe(before.RevisionId);

    lambda.updateFunctionConfiguration({ FunctionName: 'Test', Environment: { Variables: {} } });
    expect(lambda.getFunctionConfiguration({ FunctionName: 'Test' })).not.toHaveProperty('Environment');
    expect(() => lambda.updateFunctionConfiguration({ FunctionName: 'Test', Timeout: 901 })).toThrow('900');
  });

  test('are not changed by an update of an older revision', () => {
    create('Test', '');
    const stale = { FunctionName: 'Test', RevisionId: 'stale' };
    const refusal = expect.objectContaining({ code: 'PreconditionFailedException', status: 412 });
    expect(() => lambda.updateFunctionConfiguration(stale)).toThrow(refusal);
    expect(() => lambda.updateFunctionCode({ ...stale, ZipFile: handlerZip('') })).toThrow(refusal);
  });

  test('keep their code in a dry run, which answers as the update would', () => {
    create('Test', '');
    const update = { FunctionName: 'Test', ZipFile: handlerZip('return 2') };
    const dryRun = lambda.updateFunctionCode({ ...update, DryRun: true });
    expect(dryRun.CodeSha256).not.toBe(lambda.getFunctionConfiguration({ FunctionName: 'Test' }).CodeSha256);
    expect(lambda.updateFunctionCode(update).CodeSha256).toBe(dryRun.CodeSha256);
  });

  test('are listed in pages', () => {
    for (const name of ['c', 'a', 'b']) create(name, '');
    const first = lambda.listFunctions({ MaxItems: 2 });
    const second = lambda.listFunctions({ MaxItems: 2, Marker: first.NextMarker ?? '' });
    expect([...first.Functions, ...second.Functions].map(({ FunctionName }) => FunctionName)).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(second.NextMarker).toBeUndefined();
    expect(() => lambda.listFunctions({ Marker: 'forged' })).toThrow('Invalid marker.');
  });

  test('have no code signing configuration', () => {
    create('Test', '');
    expect(lambda.getFunctionCodeSigningConfig({ FunctionName: 'Test' })).toEqual({ FunctionName: 'Test' });
  });

  test('have tags', () => {
    create('Test', '', { Tags: { a: '1' } });
    lambda.tagResource({ Resource: ARN, Tags: { b: '2' } });
    lambda.untagResource({ Resource: ARN, TagKeys: ['a'] });
    expect(lambda.listTags({ Resource: ARN })).toEqual({ Tags: { b: '2' } });
    expect(() => lambda.listTags({ Resource: 'Test' })).toThrow("Value 'Test' at 'resource'");
    expect(() => lambda.tagResource({ Resource: `${ARN}:1`, Tags: { b: '2' } })).toThrow(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    );
  });

  test('reserve concurrency', () => {
    create('Test', '');
    const named = { FunctionName: 'Test' };
    expect(lambda.putFunctionConcurrency({ ...named, ReservedConcurrentExecutions: 5 })).toEqual({
      ReservedConcurrentExecutions: 5,
    });
    expect(lambda.getFunction(named).Concurrency).toEqual({ ReservedConcurrentExecutions: 5 });
    expect(lambda.getFunctionConcurrency(named)).toEqual({ ReservedConcurrentExecutions: 5 });
    expect(lambda.getAccountSettings()).toMatchObject({
      AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 995 },
      AccountUsage: { FunctionCount: 1 },
    });
    expect(lambda.putFunctionConcurrency({ ...named, ReservedConcurrentExecutions: 900 })).toEqual({
      ReservedConcurrentExecutions: 900,
    });
    lambda.deleteFunctionConcurrency(named);
    expect(lambda.getFunctionConcurrency(named)).toEqual({});
    expect(() => lambda.putFunctionConcurrency({ ...named, ReservedConcurrentExecutions: 901 })).toThrow(
      'below its minimum value of [100]',
    );
  });
});

describe('versions', () => {
  const { lambda, create, call } = localLambda();
  afterAll(() => lambda.close());
  const numbers = (service: LambdaService) =>
    service.listVersionsByFunction({ FunctionName: 'Test' }).Versions.map(({ Version }) => Version);

  test('keep what was published', async () => {
    const created = create('Test', 'return 1', { Publish: true });
    expect(created).toMatchObject({ Version: '1', FunctionArn: ARN });
    expect(numbers(lambda)).toEqual(['$LATEST', '1']);
    lambda.updateFunctionCode({ FunctionName: 'Test', ZipFile: handlerZip('return 2') });
    expect(lambda.publishVersion({ FunctionName: 'Test', Description: 'second' })).toMatchObject({
      Version: '2',
      FunctionArn: `${ARN}:2`,
      Description: 'second',
    });
    const answers = await Promise.all(
      ['1', '2', '$LATEST'].map((Qualifier) => call('Test', {}, { Qualifier })),
    );
    expect(answers.map(({ value, ExecutedVersion }) => [value, ExecutedVersion])).toEqual([
      [1, '1'],
      [2, '2'],
      [2, '$LATEST'],
    ]);
  });

  test('are not published again when nothing has changed', () => {
    expect(lambda.publishVersion({ FunctionName: 'Test' }).Version).toBe('2');
    expect(() => lambda.publishVersion({ FunctionName: 'Test', CodeSha256: 'other' })).toThrow('CodeSHA256');
  });

  test('are published again when the description of $LATEST has changed', () => {
    create('Described', '');
    const publish = (Description?: string) =>
      lambda.publishVersion({ FunctionName: 'Described', ...(Description && { Description }) });
    expect(publish('first')).toMatchObject({ Version: '1', Description: 'first' });
    expect(publish('other')).toMatchObject({ Version: '1', Description: 'first' });
    lambda.updateFunctionConfiguration({ FunctionName: 'Described', Description: 'new' });
    expect(publish()).toMatchObject({ Version: '2', Description: 'new' });
  });

  test('are described with their number, and cannot change', () => {
    expect(lambda.getFunctionConfiguration({ FunctionName: `${ARN}:1` }).FunctionArn).toBe(`${ARN}:1`);
    expect(() => lambda.updateFunctionConfiguration({ FunctionName: 'Test:1', Timeout: 9 })).toThrow(
      'This operation is permitted on Lambda functions only.',
    );
  });

  test('are deleted one by one, and their numbers are not reused', () => {
    lambda.deleteFunction({ FunctionName: 'Test', Qualifier: '2' });
    expect(numbers(lambda)).toEqual(['$LATEST', '1']);
    lambda.updateFunctionConfiguration({ FunctionName: 'Test', Timeout: 9 });
    expect(lambda.publishVersion({ FunctionName: 'Test' }).Version).toBe('3');
    expect(() => lambda.deleteFunction({ FunctionName: 'Test', Qualifier: '$LATEST' })).toThrow(
      'cannot be deleted',
    );
  });
});
