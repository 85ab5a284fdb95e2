import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DataArchiveFile } from '@cdktf/provider-archive/lib/data-archive-file';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { LambdaFunction as AwsLambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { App, AssetType, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import { address } from './address';
import { type Bundle, BundleError, bundleHandler } from './bundle';
import type { Deployment } from './deployment';
import { allowTracing, type PolicyStatement, policyDocument, trustPolicy } from './policy';

export interface LambdaFunctionProps {
  /** The function's name in AWS. */
  readonly name: string;
  /** The TypeScript file that exports `handler`. It is bundled with all its imports. */
  readonly entry: string;
  readonly deployment: Deployment;
  /** The timeout in seconds (default: 3, as in Lambda). */
  readonly timeout?: number;
  /** The memory in MB (default: 128, as in Lambda). */
  readonly memorySize?: number;
  /** How long to keep the logs, in days (default: 14). */
  readonly logRetention?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Permissions of the handler's role, in addition to writing its logs and its traces. */
  readonly permissions?: readonly PolicyStatement[];
}

/**
 * A Lambda function made from one TypeScript file. Its role may write to the function's log group and to X-Ray, and do
 * what `permissions` allow. The address of every resource is `<type>.<id>`.
 */
export class LambdaFunction extends Construct {
  /** A folder with the code, `index.js`, and its source map, `index.js.map`. Only the code is zipped. */
  readonly bundle: TerraformAsset;
  readonly archive: DataArchiveFile;
  readonly logGroup: CloudwatchLogGroup;
  readonly role: IamRole;
  readonly policy: IamRolePolicy;
  readonly function: AwsLambdaFunction;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    const { name, deployment } = props;

    const bundle = this.#bundleOrReport(props.entry);
    this.bundle = new TerraformAsset(this, 'bundle', {
      path: this.#write(bundle),
      type: AssetType.DIRECTORY,
      // Only of the code: an edit that only changes the map, such as a comment, changes no path in cdk.tf.json.
      assetHash: createHash('sha256').update(bundle.code).digest('hex').slice(0, 32),
    });
    this.archive = address(
      id,
      new DataArchiveFile(this, 'archive', {
        type: 'zip',
        sourceFile: `\${path.module}/${this.bundle.path}/index.js`,
        outputPath: `\${path.module}/assets/${id}.zip`,
        // Without it the zip, and so its hash, would depend on the umask of the user.
        outputFileMode: '0644',
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
          allowTracing('xray:PutTraceSegments', 'xray:PutTelemetryRecords'),
          ...(props.permissions ?? []),
        ),
      }),
    );

    this.function = address(
      id,
      new AwsLambdaFunction(this, 'function', {
        functionName: name,
        role: this.role.arn,
        runtime: 'nodejs24.x',
        architectures: ['arm64'],
        handler: 'index.handler',
        filename: this.archive.outputPath,
        sourceCodeHash: this.archive.outputBase64Sha256,
        timeout: props.timeout ?? 3,
        memorySize: props.memorySize ?? 128,
        loggingConfig: { logFormat: 'Text', logGroup: this.logGroup.name },
        tracingConfig: { mode: 'Active' },
        ...(props.environment && { environment: { variables: { ...props.environment } } }),
        // A function that is invoked before its log group exists creates it, and the next deployment then fails with
        // "already exists"; one that is invoked before its policy exists loses its first logs.
        dependsOn: [this.logGroup, this.policy],
      }),
    );
  }

  get arn(): string {
    return this.function.arn;
  }

  /** Writes to the app's folder, where the asset is copied from. */
  #write({ code, map }: Bundle): string {
    const folder = resolve(App.of(this).outdir, 'bundles', this.node.id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.js'), code);
    writeFileSync(join(folder, 'index.js.map'), map);
    return folder;
  }

  /** Validation reports the fault. */
  #bundleOrReport(entry: string): Bundle {
    try {
      return bundleHandler(entry);
    } catch (error) {
      if (!(error instanceof BundleError)) throw error;
      this.node.addValidation({ validate: () => [error.message] });
      return { code: '', map: '' };
    }
  }
}
