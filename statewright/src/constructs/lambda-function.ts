import { resolve } from 'node:path';
import { DataArchiveFile } from '@cdktf/provider-archive/lib/data-archive-file';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { LambdaFunction as AwsLambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { App, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import { address } from './address';
import { BundleError } from './bundle';
import type { Deployment } from './deployment';
import { type BundledCode, type CodeAsset, codeAsset, type ReadyCode } from './function-code';
import { allowTracing, type PolicyStatement, policyDocument, trustPolicy } from './policy';

/** The options of a function, and its code: `entry`, or `code` with its `runtime` and `handler`. */
export type LambdaFunctionProps = FunctionOptions & (BundledCode | ReadyCode);

interface FunctionOptions {
  /** The function's name in AWS. */
  readonly name: string;
  /** Where the function is deployed to. */
  readonly deployment: Deployment;
  /** The processor (default: `arm64`). */
  readonly architecture?: 'arm64' | 'x86_64';
  /** The timeout in seconds (default: 3, as in Lambda). */
  readonly timeout?: number;
  /** The memory in MB (default: 128, as in Lambda). */
  readonly memorySize?: number;
  /** How long to keep the logs, in days (default: 14). */
  readonly logRetention?: number;
  /** The environment variables, by name. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether invocations are traced with X-Ray (default: true). */
  readonly tracing?: boolean;
  /** Permissions of the handler's role, in addition to writing its logs and its traces. */
  readonly permissions?: readonly PolicyStatement[];
}

/**
 * A Lambda function made from one TypeScript file, or from a folder or a zip with code for any runtime. Its role may write
 * to the function's log group and to X-Ray, and do what `permissions` allow. The address of every resource is `<type>.<id>`.
 */
export class LambdaFunction extends Construct {
  /**
   * The code: a folder with `index.js` and its source map, `index.js.map`, of which only the code is zipped; a copy of the
   * folder `code`; or the zip.
   */
  readonly bundle: TerraformAsset;
  /** The zip of the bundle; undefined when `code` is a zip. */
  readonly archive: DataArchiveFile | undefined;
  /** The log group `/aws/lambda/NAME`. */
  readonly logGroup: CloudwatchLogGroup;
  /** The execution role. */
  readonly role: IamRole;
  readonly policy: IamRolePolicy;
  readonly function: AwsLambdaFunction;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    const { name, deployment, tracing = true } = props;

    const code = this.#codeOrReport(props);
    this.bundle = new TerraformAsset(this, 'bundle', {
      path: code.path,
      assetHash: code.digest.toString('hex').slice(0, 32),
    });
    const asset = `\${path.module}/${this.bundle.path}`;
    this.archive =
      code.archive &&
      address(
        id,
        new DataArchiveFile(this, 'archive', {
          type: 'zip',
          ...(code.archive.file === undefined
            ? { sourceDir: asset }
            : { sourceFile: `${asset}/${code.archive.file}` }),
          outputPath: `\${path.module}/assets/${id}.zip`,
          // Without it the zip, and so its hash, would depend on the umask of the user.
          outputFileMode: code.archive.mode,
        }),
      );

    this.logGroup = address(
      id,
      new CloudwatchLogGroup(this, 'log-group', {
        name: `/aws/lambda/${name}`,
        retentionInDays: props.logRetention ?? 14,
      }),
    );
    this.role = address(
      id,
      new IamRole(this, 'role', {
        // IAM is global: with the region in the role's name, the stack can be deployed to two regions.
        name: `${name}-${deployment.region}`,
        assumeRolePolicy: trustPolicy('lambda.amazonaws.com'),
      }),
    );
    this.policy = address(
      id,
      new IamRolePolicy(this, 'policy', {
        name: 'logs-and-traces',
        // Not the name, which stays the same when Terraform replaces the role: the new role would have no policy.
        role: this.role.id,
        policy: policyDocument(
          {
            Sid: 'Log',
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: `${this.logGroup.arn}:*`,
          },
          // Lambda Developer Guide, "Visualize Lambda function invocations using AWS X-Ray".
          ...(tracing ? [allowTracing('xray:PutTraceSegments', 'xray:PutTelemetryRecords')] : []),
          ...(props.permissions ?? []),
        ),
      }),
    );

    this.function = address(
      id,
      new AwsLambdaFunction(this, 'function', {
        functionName: name,
        role: this.role.arn,
        runtime: props.runtime ?? 'nodejs24.x',
        architectures: [props.architecture ?? 'arm64'],
        handler: props.handler ?? (props.entry === undefined ? 'bootstrap' : 'index.handler'),
        filename: this.archive?.outputPath ?? asset,
        sourceCodeHash: this.archive?.outputBase64Sha256 ?? code.digest.toString('base64'),
        timeout: props.timeout ?? 3,
        memorySize: props.memorySize ?? 128,
        loggingConfig: { logFormat: 'Text', logGroup: this.logGroup.name },
        tracingConfig: { mode: tracing ? 'Active' : 'PassThrough' },
        ...(props.environment && { environment: { variables: { ...props.environment } } }),
        // A function that is invoked before its log group exists creates it, and the next deployment then fails with
        // "already exists"; one that is invoked before its policy exists loses its first logs.
        dependsOn: [this.logGroup, this.policy],
      }),
    );
  }

  /** The function's ARN, for the `Resource` of a Task. */
  get arn(): string {
    return this.function.arn;
  }

  /** The code in the app's folder, where the asset is copied from. Validation reports a fault. */
  #codeOrReport(props: LambdaFunctionProps): CodeAsset {
    // Functions of two stacks can have the same id.
    const folder = resolve(App.of(this).outdir, 'bundles', this.node.addr);
    try {
      return codeAsset(props, folder);
    } catch (error) {
      if (!(error instanceof BundleError)) throw error;
      this.node.addValidation({ validate: () => [error.message] });
      return { path: folder, digest: Buffer.alloc(0), archive: { mode: '0644' } };
    }
  }
}
