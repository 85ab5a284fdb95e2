import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { AwsError } from '../../../src/local-aws/aws-error';
import { deployTerraformJson, type Progress, regionOf, variablesIn } from '../../../src/local-aws/deployment';
import { Placeholder } from '../../../src/terraform/placeholder';
import { recorder } from '../../terraform/recorder';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'terraform-json-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Deploys a stack; returns the recording account and the result. */
async function deploy(stack: object, variables?: Record<string, string>, account = recorder()) {
  write('cdk.tf.json', JSON.stringify(stack));
  const deployment = await deployTerraformJson(account, folder, variables ? { variables } : {});
  return { ...deployment, account };
}

const trust = '{"Version":"2012-10-17","Statement":[]}';
const roleNamed = (name: string) => ({ name, assume_role_policy: trust });

describe('order', () => {
  const stack = {
    resource: {
      aws_iam_role: {
        first: roleNamed(`\${local.prefix}-first`),
        second: roleNamed(`\${aws_iam_role.third.name}-2`),
      },
      aws_iam_role_policy: {
        early: {
          name: 'p',
          role: 'x',
          policy: '{}',
          depends_on: ['aws_iam_role.second', 'data.aws_region.here'],
        },
      },
    },
    data: { aws_region: { here: {} } },
    locals: { prefix: `\${aws_iam_role.second.name}` },
  };

  test('each block comes after its references, also through locals, and after its dependencies', async () => {
    const { resources } = await deploy({
      ...stack,
      resource: {
        ...stack.resource,
        aws_iam_role: { ...stack.resource.aws_iam_role, third: roleNamed('three') },
      },
    });

    expect(resources.map(({ address }) => address)).toEqual([
      'aws_iam_role.third',
      'aws_iam_role.second',
      'aws_iam_role.first',
      'aws_iam_role_policy.early',
    ]);
    expect(resources.map(({ attributes }) => attributes.name)).toEqual([
      'three',
      'three-2',
      'three-2-first',
      'p',
    ]);
  });

  test('a cycle is reported before anything is created', async () => {
    const account = recorder();
    const cyclic = {
      ...stack,
      resource: {
        aws_iam_role: { ...stack.resource.aws_iam_role, third: roleNamed(`\${aws_iam_role.first.name}`) },
      },
    };

    await expect(deploy(cyclic, {}, account)).rejects.toThrow(
      'local.prefix: depends on itself: local.prefix → aws_iam_role.second → aws_iam_role.third → aws_iam_role.first → local.prefix',
    );
    expect(account.calls).toEqual([]);
  });

  test('progress is reported before and after each block', async () => {
    write(
      'cdk.tf.json',
      JSON.stringify({ resource: { aws_iam_role: { a: roleNamed('a') } }, data: { aws_region: { b: {} } } }),
    );
    const reported: Progress[] = [];

    await deployTerraformJson(recorder(), folder, { onProgress: (progress) => reported.push(progress) });

    const region = { address: 'data.aws_region.b', mode: 'data', index: 0, total: 2 };
    const role = { address: 'aws_iam_role.a', mode: 'resource', index: 1, total: 2 };
    expect(reported).toEqual([
      { ...region, status: 'started' },
      { ...region, status: 'done' },
      { ...role, status: 'started' },
      { ...role, status: 'done' },
    ]);
  });
});

describe('resources', () => {
  test('aws_iam_role, with its inline policies and attachments', async () => {
    const { account, resources } = await deploy({
      resource: {
        aws_iam_role: {
          r: {
            ...roleNamed('R'),
            path: '/app/',
            description: 'd',
            max_session_duration: 7200,
            permissions_boundary: 'arn:aws:iam::aws:policy/PowerUserAccess',
            tags: { own: '1', shared: 'own' },
            inline_policy: [{ name: 'inline', policy: '{}' }],
            managed_policy_arns: ['arn:aws:iam::aws:policy/Managed'],
          },
        },
      },
      provider: { aws: [{ default_tags: [{ tags: { shared: 'default', more: '2' } }] }] },
    });

    expect(account.calls).toEqual([
      [
        'iam.createRole',
        {
          RoleName: 'R',
          AssumeRolePolicyDocument: trust,
          Path: '/app/',
          Description: 'd',
          MaxSessionDuration: 7200,
          PermissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess',
          Tags: [
            { Key: 'shared', Value: 'own' },
            { Key: 'more', Value: '2' },
            { Key: 'own', Value: '1' },
          ],
        },
      ],
      ['iam.putRolePolicy', { RoleName: 'R', PolicyName: 'inline', PolicyDocument: '{}' }],
      ['iam.attachRolePolicy', { RoleName: 'R', PolicyArn: 'arn:aws:iam::aws:policy/Managed' }],
    ]);
    expect(resources[0]?.attributes).toMatchObject({
      id: 'R',
      arn: 'arn:aws:iam::123456789012:role/app/R',
      unique_id: 'AROA1',
    });
  });

  test('names that Terraform generates: with a prefix, or wholly', async () => {
    const role = (argument: object) => ({ assume_role_policy: trust, ...argument });
    const { resources } = await deploy({
      resource: {
        aws_iam_role: { a: role({ name_prefix: 'app-' }), b: role({ name_prefix: 'app-' }), c: role({}) },
      },
    });

    const names = resources.map(({ attributes }) => attributes.name);
    expect(names).toEqual([
      expect.stringMatching(/^app-\d{26}$/),
      expect.stringMatching(/^app-\d{26}$/),
      expect.stringMatching(/^terraform-\d{26}$/),
    ]);
    expect(new Set(names).size).toBe(3);
  });

  test('aws_iam_policy and its attachment', async () => {
    const { account } = await deploy({
      resource: {
        aws_iam_policy: { p: { name: 'P', policy: '{}' } },
        aws_iam_role_policy_attachment: { a: { role: 'R', policy_arn: `\${aws_iam_policy.p.arn}` } },
      },
    });

    expect(account.calls).toEqual([
      ['iam.createPolicy', { PolicyName: 'P', PolicyDocument: '{}', Tags: [] }],
      ['iam.attachRolePolicy', { RoleName: 'R', PolicyArn: 'arn:aws:iam::123456789012:policy/P' }],
    ]);
  });

  test('aws_iam_openid_connect_provider, whose url has no https:// after it is created', async () => {
    const { account, outputs } = await deploy({
      resource: {
        aws_iam_openid_connect_provider: {
          p: { url: 'https://token.example.com', client_id_list: ['client'] },
        },
      },
      output: {
        arn: { value: `\${aws_iam_openid_connect_provider.p.arn}` },
        url: { value: `\${aws_iam_openid_connect_provider.p.url}` },
      },
    });
    expect(account.calls).toEqual([
      [
        'iam.createOpenIDConnectProvider',
        { Url: 'https://token.example.com', ClientIDList: ['client'], ThumbprintList: [], Tags: [] },
      ],
    ]);
    expect(outputs).toEqual({
      arn: 'arn:aws:iam::123456789012:oidc-provider/token.example.com',
      url: 'token.example.com',
    });
  });

  test('aws_iam_policy_attachment', async () => {
    const { account } = await deploy({
      resource: {
        aws_iam_policy_attachment: {
          a: { name: 'A', roles: ['R', 'S'], policy_arn: 'arn:aws:iam::1:policy/P' },
        },
      },
    });
    expect(account.calls).toEqual([
      ['iam.attachRolePolicy', { RoleName: 'R', PolicyArn: 'arn:aws:iam::1:policy/P' }],
      ['iam.attachRolePolicy', { RoleName: 'S', PolicyArn: 'arn:aws:iam::1:policy/P' }],
    ]);
  });

  test('aws_cloudwatch_log_group, with and without retention', async () => {
    const { account, outputs } = await deploy({
      resource: {
        aws_cloudwatch_log_group: {
          a: { name: '/a', retention_in_days: 7 },
          b: { name: '/b', retention_in_days: 0 },
        },
      },
      output: { arn: { value: `\${aws_cloudwatch_log_group.a.arn}:*` } },
    });

    expect(account.calls).toEqual([
      ['logs.createLogGroup', { logGroupName: '/a', tags: {} }],
      ['logs.putRetentionPolicy', { logGroupName: '/a', retentionInDays: 7 }],
      ['logs.createLogGroup', { logGroupName: '/b', tags: {} }],
    ]);
    expect(outputs).toEqual({ arn: 'arn:aws:logs:us-east-1:123456789012:log-group:/a:*' });
  });

  const functionArguments = {
    function_name: 'F',
    role: 'arn:role',
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    filename: 'code.zip',
  };

  test('aws_lambda_function, from a zip on disk, with all supported arguments', async () => {
    write('code.zip', 'zip');
    const { account, resources } = await deploy({
      resource: {
        aws_lambda_function: {
          f: {
            ...functionArguments,
            timeout: '10',
            memory_size: 256,
            description: 'd',
            publish: true,
            architectures: ['arm64'],
            environment: [{ variables: { A: 1, B: `\${1 + 1}` } }],
            tracing_config: { mode: 'Active' },
            logging_config: { log_format: 'JSON', log_group: '/g', application_log_level: 'INFO' },
            ephemeral_storage: { size: 1024 },
            tags: { t: '1' },
          },
        },
      },
    });

    expect(account.requests('lambda.createFunction')).toEqual([
      {
        FunctionName: 'F',
        Role: 'arn:role',
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Code: { ZipFile: Buffer.from('zip') },
        Description: 'd',
        Timeout: 10,
        MemorySize: 256,
        Publish: true,
        Architectures: ['arm64'],
        Environment: { Variables: { A: '1', B: '2' } },
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', LogGroup: '/g', ApplicationLogLevel: 'INFO' },
        EphemeralStorage: { Size: 1024 },
        Tags: { t: '1' },
      },
    ]);
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:F';
    expect(resources[0]?.attributes).toMatchObject({ id: 'F', arn, version: '1', qualified_arn: `${arn}:1` });
  });

  test('aws_lambda_function with only the required arguments', async () => {
    write('code.zip', 'zip');
    const { account } = await deploy({ resource: { aws_lambda_function: { f: functionArguments } } });

    expect(account.requests('lambda.createFunction')).toEqual([
      {
        FunctionName: 'F',
        Role: 'arn:role',
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Code: { ZipFile: Buffer.from('zip') },
        Tags: {},
      },
    ]);
  });

  test('aws_lambda_layer_version, and a function that has it', async () => {
    write('code.zip', 'zip');
    const { account, resources } = await deploy({
      resource: {
        aws_lambda_layer_version: {
          shared: {
            layer_name: 'shared',
            filename: 'code.zip',
            description: 'd',
            license_info: 'MIT',
            compatible_runtimes: ['nodejs24.x'],
            compatible_architectures: ['arm64'],
          },
        },
        aws_lambda_function: {
          f: { ...functionArguments, layers: [`\${aws_lambda_layer_version.shared.arn}`] },
        },
      },
    });

    expect(account.requests('lambda.publishLayerVersion')).toEqual([
      {
        LayerName: 'shared',
        Content: { ZipFile: Buffer.from('zip') },
        Description: 'd',
        LicenseInfo: 'MIT',
        CompatibleRuntimes: ['nodejs24.x'],
        CompatibleArchitectures: ['arm64'],
      },
    ]);
    const layer = 'arn:aws:lambda:us-east-1:123456789012:layer:shared';
    expect(account.requests('lambda.createFunction')).toEqual([
      expect.objectContaining({ Layers: [`${layer}:1`] }),
    ]);
    expect(resources[0]?.attributes).toMatchObject({ arn: `${layer}:1`, layer_arn: layer, version: '1' });
  });

  test('code in an object of S3 that the stack creates', async () => {
    write('code.zip', 'zip');
    const { filename: _, ...inS3 } = { ...functionArguments, s3_bucket: 'b', s3_key: 'f.zip' };
    const { account } = await deploy({
      resource: {
        aws_s3_object: { code: { bucket: 'b', key: 'f.zip', source: 'code.zip' } },
        aws_lambda_function: { f: { ...inS3, s3_key: `\${aws_s3_object.code.key}` } },
      },
    });
    expect(account.requests('lambda.createFunction')).toEqual([
      expect.objectContaining({ Code: { ZipFile: Buffer.from('zip') } }),
    ]);
  });

  test('aws_lambda_function_url; everybody may call one without authorization', async () => {
    const { account, resources } = await deploy({
      resource: {
        aws_lambda_function_url: {
          u: { function_name: 'F', authorization_type: 'NONE', cors: { allow_origins: ['*'], max_age: 5 } },
        },
      },
    });
    expect(account.calls).toEqual([
      [
        'lambda.createFunctionUrlConfig',
        { FunctionName: 'F', AuthType: 'NONE', Cors: { AllowOrigins: ['*'], MaxAge: 5 } },
      ],
      [
        'lambda.addPermission',
        expect.objectContaining({
          Action: 'lambda:InvokeFunctionUrl',
          Principal: '*',
          FunctionUrlAuthType: 'NONE',
        }),
      ],
      [
        'lambda.addPermission',
        expect.objectContaining({ Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true }),
      ],
    ]);
    expect(resources[0]?.attributes).toMatchObject({
      id: 'F',
      function_url: 'http://id.lambda-url.us-east-1.localhost:4566/',
      url_id: 'id',
    });
  });

  test('event source mappings and event-invoke configurations come after the permissions that they need', async () => {
    const { account } = await deploy({
      resource: {
        aws_lambda_event_source_mapping: {
          m: {
            event_source_arn: 'arn:aws:sqs:us-east-1:123456789012:q',
            function_name: 'F',
            batch_size: 5,
            filter_criteria: { filter: [{ pattern: '{}' }] },
            function_response_types: ['ReportBatchItemFailures'],
            scaling_config: { maximum_concurrency: 2 },
          },
        },
        aws_lambda_function_event_invoke_config: {
          c: {
            function_name: 'F',
            maximum_retry_attempts: 0,
            destination_config: { on_failure: { destination: 'arn:aws:sqs:us-east-1:123456789012:dead' } },
          },
        },
        aws_iam_role_policy: { p: { name: 'p', role: 'r', policy: '{}' } },
      },
      output: { mapping: { value: `\${aws_lambda_event_source_mapping.m.uuid}` } },
    });
    expect(account.calls.slice(1)).toEqual([
      [
        'lambda.createEventSourceMapping',
        {
          EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:q',
          FunctionName: 'F',
          Tags: {},
          BatchSize: 5,
          FilterCriteria: { Filters: [{ Pattern: '{}' }] },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ScalingConfig: { MaximumConcurrency: 2 },
        },
      ],
      [
        'lambda.putFunctionEventInvokeConfig',
        {
          FunctionName: 'F',
          MaximumRetryAttempts: 0,
          DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:123456789012:dead' } },
        },
      ],
    ]);
    expect(account.calls[0]?.[0]).toBe('iam.putRolePolicy');
  });

  test('what cannot be created of them exists by name only, if that is possible, with the reason', async () => {
    const reasons: unknown[] = [];
    write(
      'cdk.tf.json',
      JSON.stringify({
        resource: {
          aws_lambda_function_url: { u: { function_name: 'F', authorization_type: 'SOMETIMES' } },
          aws_lambda_function: { f: { ...functionArguments, filename: null, s3_bucket: 'b', s3_key: 'k' } },
          aws_s3_object: {
            each: { for_each: `\${toset(data.aws_regions.all.names)}`, bucket: 'b', key: `\${each.key}` },
          },
        },
        data: { aws_regions: { all: {} } },
      }),
    );
    const account = recorder();
    await deployTerraformJson(account, folder, {
      otherTypes: (block, _, reason) => {
        if (reason !== undefined) reasons.push(`${block.place}: ${reason}`);
        return new Placeholder(block.place, { given: {}, plausible: () => 'x' });
      },
    });
    expect(account.calls).toEqual([]);
    expect(reasons.sort()).toEqual([
      'aws_lambda_function.f: Its code is in S3, and not in an aws_s3_object of the stack. Deploy it with Terraform.',
      expect.stringMatching(/^aws_lambda_function_url\.u: .*expected NONE, AWS_IAM/),
    ]);
  });

  test('aws_sfn_state_machine, with logging and tracing', async () => {
    const { account, resources } = await deploy({
      resource: {
        aws_sfn_state_machine: {
          m: {
            name: 'M',
            role_arn: 'arn:role',
            definition: '{"StartAt": "A"}',
            type: 'EXPRESS',
            logging_configuration: {
              level: 'ALL',
              include_execution_data: true,
              log_destination: 'arn:logs:*',
            },
            tracing_configuration: { enabled: true },
            tags: { t: '1' },
          },
        },
      },
    });

    expect(account.calls).toEqual([
      [
        'states.createStateMachine',
        {
          name: 'M',
          definition: '{"StartAt": "A"}',
          roleArn: 'arn:role',
          type: 'EXPRESS',
          loggingConfiguration: {
            level: 'ALL',
            includeExecutionData: true,
            destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: 'arn:logs:*' } }],
          },
          tracingConfiguration: { enabled: true },
          tags: [{ key: 't', value: '1' }],
        },
      ],
    ]);
    expect(resources[0]?.attributes.arn).toBe('arn:aws:states:us-east-1:123456789012:stateMachine:M');
  });
});

describe('data sources', () => {
  test('the account, its region and its partition', async () => {
    const { outputs } = await deploy({
      data: { aws_caller_identity: { me: {} }, aws_region: { here: {} }, aws_partition: { p: {} } },
      output: {
        all: {
          value: `arn:\${data.aws_partition.p.partition}:x:\${data.aws_region.here.name}:\${data.aws_caller_identity.me.account_id}`,
        },
        region: { value: `\${data.aws_region.here.region}/\${data.aws_region.here.id}` },
      },
    });

    expect(outputs).toEqual({ all: 'arn:aws:x:us-east-1:123456789012', region: 'us-east-1/us-east-1' });
  });

  test('aws_iam_policy_document', async () => {
    const { outputs } = await deploy({
      data: {
        aws_iam_policy_document: {
          base: { statement: [{ sid: 'Same', actions: ['a:Old'], resources: ['*'] }] },
          d: {
            source_policy_documents: [`\${data.aws_iam_policy_document.base.json}`],
            override_policy_documents: [
              '{"Statement": {"Sid": "Same", "Effect": "Deny", "Action": "a:New", "Resource": "*"}}',
            ],
            statement: [
              {
                actions: ['s:A', 's:B'],
                not_resources: ['r'],
                principals: [
                  { type: 'Service', identifiers: ['x.amazonaws.com'] },
                  { type: 'AWS', identifiers: ['1', '2'] },
                ],
                condition: [
                  { test: 'StringEquals', variable: 'a', values: ['1'] },
                  { test: 'StringEquals', variable: 'b', values: ['1', '2'] },
                ],
              },
              {
                sid: '',
                effect: 'Deny',
                not_actions: ['s:C'],
                resources: ['arn:aws:s3:::&{aws:username}/*'],
                principals: [{ type: '*', identifiers: ['*'] }],
              },
            ],
          },
        },
      },
      output: { json: { value: `\${data.aws_iam_policy_document.d.json}` } },
    });

    expect(JSON.parse(String(outputs.json))).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Same', Effect: 'Deny', Action: 'a:New', Resource: '*' },
        {
          Effect: 'Allow',
          Action: ['s:A', 's:B'],
          NotResource: 'r',
          Principal: { Service: 'x.amazonaws.com', AWS: ['1', '2'] },
          Condition: { StringEquals: { a: '1', b: ['1', '2'] } },
        },
        {
          Effect: 'Deny',
          NotAction: 's:C',
          Resource: `arn:aws:s3:::\${aws:username}/*`,
          Principal: '*',
        },
      ],
    });
  });

  describe('archive_file', () => {
    const zipped = async (source: object) => {
      const { account, outputs } = await deploy({
        data: { archive_file: { z: { type: 'zip', output_path: `\${path.module}/z.zip`, ...source } } },
        resource: {
          aws_lambda_function: {
            f: {
              function_name: 'F',
              role: 'r',
              handler: 'h',
              runtime: 'nodejs24.x',
              filename: `\${data.archive_file.z.output_path}`,
              source_code_hash: `\${data.archive_file.z.output_base64sha256}`,
            },
          },
        },
        output: { hash: { value: `\${data.archive_file.z.output_base64sha256}` } },
      });
      const [request] = account.requests('lambda.createFunction') as [{ Code: { ZipFile: Uint8Array } }];
      const files = Object.entries(unzipSync(request.Code.ZipFile)).map(([name, bytes]) => [
        name,
        Buffer.from(bytes).toString(),
      ]);
      return { files: Object.fromEntries(files), hash: outputs.hash };
    };

    test('of one file', async () => {
      write('assets/index.js', 'code');

      expect((await zipped({ source_file: `\${path.module}/assets/index.js` })).files).toEqual({
        'index.js': 'code',
      });
    });

    test('of a folder, without excluded files', async () => {
      write('src/index.js', 'code');
      write('src/lib/a.js', 'a');
      write('src/skip/b.js', 'b');

      expect((await zipped({ source_dir: 'src', excludes: ['skip'] })).files).toEqual({
        'index.js': 'code',
        'lib/a.js': 'a',
      });
    });

    test('of a folder, without files that a pattern excludes', async () => {
      for (const path of ['a.js', 'a.md', 'lib/b.js', 'lib/b.md', 'lib/test/c.js', 'venv/bin/d.js'])
        write(`src/${path}`, '');
      const names = async (...excludes: string[]) =>
        Object.keys((await zipped({ source_dir: 'src', excludes })).files).sort();

      expect(await names('*.md')).toEqual(['a.js', 'lib/b.js', 'lib/b.md', 'lib/test/c.js', 'venv/bin/d.js']);
      expect(await names('**/*.md', 'ven?', '**/test')).toEqual(['a.js', 'lib/b.js']);
      expect(await names('{lib,venv}/**')).toEqual(['a.js', 'a.md']);
    });

    test('of text in the stack', async () => {
      expect((await zipped({ source_content: 'code', source_content_filename: 'a.js' })).files).toEqual({
        'a.js': 'code',
      });
      expect((await zipped({ source: [{ content: '1', filename: 'b' }] })).files).toEqual({ b: '1' });
    });

    test('the hash depends on the content, not on the file times', async () => {
      const hashes: unknown[] = [];
      for (const content of ['same', 'same', 'other']) {
        write('index.js', content);
        hashes.push((await zipped({ source_file: 'index.js' })).hash);
      }

      expect(hashes[1]).toBe(hashes[0]);
      expect(hashes[2]).not.toBe(hashes[0]);
    });

    test.each([
      ['data.archive_file.z.source_file: the file nowhere.js does not exist', { source_file: 'nowhere.js' }],
      ['data.archive_file.z.source_dir: the folder nowhere does not exist', { source_dir: 'nowhere' }],
      ['data.archive_file.z: lacks the argument "source_file"', {}],
      ['data.archive_file.z.type: the archive type "tar.gz" is not supported here', { type: 'tar.gz' }],
    ])('%s', async (message, source) => {
      await expect(zipped(source)).rejects.toThrow(message);
    });
  });
});

describe('variables', () => {
  const stack = {
    variable: { name: { type: 'string', default: 'default' }, list: { type: 'list(string)', default: [] } },
    output: { name: { value: `\${var.name}` }, list: { value: `\${var.list}` } },
  };

  test('have their defaults, which are not templates', async () => {
    expect((await deploy(stack)).outputs).toEqual({ name: 'default', list: [] });
    expect(
      (await deploy({ variable: { a: { default: `$\${b}` } }, output: { a: { value: `\${var.a}` } } }))
        .outputs,
    ).toEqual({
      a: `$\${b}`,
    });
  });

  test('or their values: text unchanged, any other type as an expression', async () => {
    const given = variablesIn({ TF_VAR_name: '[1]', TF_VAR_list: '["a", "b"]', PATH: '/bin' });

    expect((await deploy(stack, given)).outputs).toEqual({ name: '[1]', list: ['a', 'b'] });
  });

  test('without either, the message says how to set a value', async () => {
    const role = { name: `\${var.a}`, assume_role_policy: trust };
    const needsIt = { resource: { aws_iam_role: { role } } };
    await expect(deploy({ variable: { a: { type: 'string' } }, ...needsIt })).rejects.toMatchObject({
      message: 'var.a: has no value and no default',
      hint: 'Set it in terraform.tfvars, in a file that "varFiles" in statewright.json names, with TF_VAR_a, or with "variables" in the options of deployStack.',
    });
  });

  test("the region of the stack's provider is known before an account exists", () => {
    write(
      'cdk.tf.json',
      JSON.stringify({
        variable: { r: { default: 'eu-west-1' } },
        provider: { aws: [{ region: `\${var.r}` }] },
      }),
    );

    expect(regionOf(folder)).toBe('eu-west-1');
    expect(regionOf(folder, { variables: { r: 'us-west-2' } })).toBe('us-west-2');
    write('cdk.tf.json', '{}');
    expect(regionOf(folder)).toBe(undefined);
  });

  const groups = ({ resources }: Awaited<ReturnType<typeof deploy>>) =>
    Object.fromEntries(
      resources.map(({ address, attributes }) => [address, String(attributes.arn).split(':')[3]]),
    );

  test('a resource is in the region of its provider, or in its own', async () => {
    const group = (more: object) => ({ name: 'g', ...more });
    const deployed = await deploy({
      variable: { west: { default: 'us-west-2' } },
      provider: {
        aws: [
          { region: 'eu-west-1' },
          { alias: 'west', region: `\${var.west}`, default_tags: [{ tags: { from: 'west' } }] },
        ],
      },
      data: { aws_region: { here: {}, west: { provider: `\${aws.west}` } } },
      resource: {
        aws_cloudwatch_log_group: {
          main: group({}),
          west: group({ provider: 'aws.west' }),
          own: group({ provider: 'aws.west', region: 'sa-east-1' }),
        },
      },
      output: {
        regions: { value: [`\${data.aws_region.here.name}`, `\${data.aws_region.west.name}`] },
      },
    });
    expect(groups(deployed)).toEqual({
      'aws_cloudwatch_log_group.main': 'eu-west-1',
      'aws_cloudwatch_log_group.west': 'us-west-2',
      'aws_cloudwatch_log_group.own': 'sa-east-1',
    });
    expect(deployed.outputs.regions).toEqual(['eu-west-1', 'us-west-2']);
    expect(deployed.account.requests('logs.createLogGroup')).toMatchObject([
      {},
      { tags: { from: 'west' } },
      { tags: { from: 'west' } },
    ]);
  });

  test("a module has the caller's provider, or those that the call names", async () => {
    write(
      'm/main.tf.json',
      JSON.stringify({
        resource: {
          aws_cloudwatch_log_group: { main: { name: 'g' }, other: { name: 'h', provider: 'aws.other' } },
        },
      }),
    );
    const deployed = await deploy({
      provider: { aws: [{ region: 'eu-west-1' }, { alias: 'west', region: 'us-west-2' }] },
      module: {
        one: { source: './m', providers: { 'aws.other': 'aws.west' } },
        two: { source: './m', providers: { aws: 'aws.west', 'aws.other': 'aws' } },
      },
    });
    expect(groups(deployed)).toEqual({
      'module.one.aws_cloudwatch_log_group.main': 'eu-west-1',
      'module.one.aws_cloudwatch_log_group.other': 'us-west-2',
      'module.two.aws_cloudwatch_log_group.main': 'us-west-2',
      'module.two.aws_cloudwatch_log_group.other': 'eu-west-1',
    });
  });
});

describe('a stack that cannot be deployed is refused with place and reason, before anything is created', () => {
  test.each([
    [
      { resource: { aws_s3_bucket: { b: {} } } },
      'aws_s3_bucket.b: the resource type aws_s3_bucket is not supported here',
      /^Supported: aws_cloudwatch_log_group, .*aws_sfn_state_machine, /,
    ],
    [
      { data: { aws_vpc: { v: {} } } },
      'data.aws_vpc.v: the data source aws_vpc is not supported here',
      /^Supported: archive_file, /,
    ],
    [{ modules: {} }, /cdk\.tf\.json: the block "modules" is not supported here$/],
    [
      { module: { m: { source: 'terraform-aws-modules/sqs/aws' } } },
      'module.m.source: the module terraform-aws-modules/sqs/aws is not in a folder of this machine',
      'Run terraform init, which downloads it.',
    ],
    [
      { module: { m: { source: './nowhere' } } },
      'module.m.source: the folder nowhere has no Terraform files',
    ],
    [
      { resource: { aws_iam_role: { role: roleNamed(`\${aws_iam_role.rol.name}`) } } },
      'aws_iam_role.role.name: refers to aws_iam_role.rol, which is not in the stack',
      'Did you mean aws_iam_role.role?',
    ],
    [
      { variable: { name: { default: '' } }, output: { o: { value: `\${var.nam}` } } },
      'output.o.value: refers to var.nam, which is not in the stack',
      'Did you mean var.name?',
    ],
    [
      { resource: { aws_iam_role: { r: { ...roleNamed('r'), depends_on: ['aws_iam_role.gone'] } } } },
      'aws_iam_role.r.depends_on: refers to aws_iam_role.gone, which is not in the stack',
    ],
    [
      { output: { o: { value: `\${module.m.x}` } } },
      'output.o.value: refers to module.m, which is not in the stack',
    ],
    [
      { output: { o: { value: `\${each.key}` } } },
      'output.o.value: refers to each.key where "for_each" is missing',
    ],
    [{ resource: [1] }, /cdk\.tf\.json: resource: is not an object$/],
    [{ resource: { aws_iam_role: { r: { depends_on: 'x' } } } }, 'aws_iam_role.r.depends_on: is not a list'],
  ])('%#: %j', async (stack, message, ...[hint]: (string | RegExp)[]) => {
    const account = recorder();
    const anyRole = { aws_iam_role: { before: roleNamed('before') } };
    const resource =
      'resource' in stack && !Array.isArray(stack.resource) ? { ...anyRole, ...stack.resource } : anyRole;

    await expect(deploy({ resource, ...stack }, {}, account)).rejects.toMatchObject({
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      ...(hint !== undefined && {
        hint: typeof hint === 'string' ? hint : expect.stringMatching(hint),
      }),
    });
    expect(account.calls).toEqual([]);
  });

  test('a missing file, or one that is not valid JSON', async () => {
    await expect(deployTerraformJson(recorder(), folder)).rejects.toThrow(
      `${join(folder, 'cdk.tf.json')}: file not found`,
    );
    write('a-file', '');
    await expect(deployTerraformJson(recorder(), join(folder, 'a-file'))).rejects.toThrow(
      `${join(folder, 'a-file', 'cdk.tf.json')}: file not found`,
    );
    write('cdk.tf.json', '{');
    await expect(deployTerraformJson(recorder(), folder)).rejects.toThrow(
      /cdk\.tf\.json: it is not valid JSON: line 1, column 2: /,
    );
    write('cdk.tf.json', '1');
    await expect(deployTerraformJson(recorder(), folder)).rejects.toThrow(/cdk\.tf\.json: is not an object/);
  });

  const withFunction = (argument: object) => ({
    resource: {
      aws_lambda_function: {
        f: { function_name: 'F', role: 'r', handler: 'h', runtime: 'n', filename: 'code.zip', ...argument },
      },
    },
  });

  test.each([
    [{ function_name: null }, 'aws_lambda_function.f: lacks the argument "function_name"'],
    [{ timeout: 'long' }, 'aws_lambda_function.f.timeout: expected a number, found "long"'],
    [{ publish: 'perhaps' }, 'aws_lambda_function.f.publish: expected true or false, found "perhaps"'],
    [{ architectures: 'arm64' }, 'aws_lambda_function.f.architectures: expected a list, found a string'],
    [
      { architectures: ['mips'] },
      'aws_lambda_function.f.architectures[0]: expected x86_64, arm64, found "mips"',
    ],
    [
      { tracing_config: { mode: 'On' } },
      'aws_lambda_function.f.tracing_config.mode: expected Active, PassThrough, found "On"',
    ],
    [{ tracing_config: {} }, 'aws_lambda_function.f.tracing_config: lacks the argument "mode"'],
    [
      { environment: { variables: 'A=1' } },
      'aws_lambda_function.f.environment.variables: expected an object, found a string',
    ],
    [{ environment: ['A=1'] }, 'aws_lambda_function.f.environment[0]: expected an object, found a string'],
    [{ filename: 'gone.zip' }, 'aws_lambda_function.f.filename: the file gone.zip does not exist'],
    [
      { s3_bucket: 'b', s3_key: 'k' },
      'aws_lambda_function.f: the argument "s3_bucket" is not supported here',
    ],
  ])('%j', async (argument, message) => {
    write('code.zip', 'zip');

    await expect(deploy(withFunction(argument))).rejects.toThrow(message);
  });

  test('a state machine of an unknown type', async () => {
    const m = { name: 'm', role_arn: 'r', definition: '{}', type: 'FAST' };

    await expect(deploy({ resource: { aws_sfn_state_machine: { m } } })).rejects.toThrow(
      'aws_sfn_state_machine.m.type: expected STANDARD, EXPRESS, found "FAST"',
    );
  });

  test("AWS's refusal, with its code", async () => {
    const account = recorder({
      iam: {
        createRole: () => {
          throw new AwsError('EntityAlreadyExists', 'Role with name r already exists.', 409);
        },
      },
    });

    await expect(deploy({ resource: { aws_iam_role: { r: roleNamed('r') } } }, {}, account)).rejects.toThrow(
      'aws_iam_role.r: EntityAlreadyExists: Role with name r already exists.',
    );
  });
});
