import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DataArchiveFile } from '@cdktf/provider-archive/lib/data-archive-file';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { LambdaFunction as AwsLambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { App, AssetType, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import { address } from './address';
import { BundleError, bundleHandler } from './bundle';
import type { Deployment } from './deployment';
import { allowTracing, type PolicyStatement, policyDocument, trustPolicy } from './policy';

export interface LambdaFunctionProps {
  /** The function's name in AWS. */
  readonly name: string;
  /** The TypeScript file that exports `handler`. It is bundled with all that it imports. */
  readonly entry: string;
  readonly deployment: Deployment;
  /** In seconds; 3 unless given, as Lambda has it. */
  readonly timeout?: number;
  /** In MB; 128 unless given, as Lambda has it. */
  readonly memorySize?: number;
  /** In days; 14 unless given. */
  readonly logRetention?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** What the handler's role may do beside writing its log and its traces. */
  readonly permissions?: readonly PolicyStatement[];
}

/**
 * A Lambda function made from one TypeScript file, with a role of its own that may write to the function's own log
 * group and to X-Ray, and nothing else unless it is told. Every resource is at `<type>.<id>`.
 */
export class LambdaFunction extends Construct {
  readonly bundle: TerraformAsset;
  readonly archive: DataArchiveFile;
  readonly logGroup: CloudwatchLogGroup;
  readonly role: IamRole;
  readonly policy: IamRolePolicy;
  readonly function: AwsLambdaFunction;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    const { name, deployment } = props;

    this.bundle = new TerraformAsset(this, 'bundle', {
      path: this.#writeBundle(props.entry),
      type: AssetType.FILE,
    });
    this.archive = address(
      id,
      new DataArchiveFile(this, 'archive', {
        type: 'zip',
        sourceFile: `\${path.module}/${this.bundle.path}`,
        outputPath: `\${path.module}/assets/${id}.zip`,
        // Else the zip, and so its hash, would depend on the umask of whoever deploys.
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
        // IAM knows no regions: with the region in its name, the stack can be deployed to two of them.
        name: `${name}-${deployment.region}`,
        assumeRolePolicy: trustPolicy('lambda.amazonaws.com'),
      }),
    );
    this.policy = address(
      id,
      new IamRolePolicy(this, 'policy', {
        name: 'logs-and-traces',
        role: this.role.name,
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
        // A function invoked before its log group is there makes one itself, and the next deployment then fails
        // with "already exists"; one invoked before its policy is there loses its first logs.
        dependsOn: [this.logGroup, this.policy],
      }),
    );
  }

  get arn(): string {
    return this.function.arn;
  }

  /** Bundles into the app's folder, where the asset is copied from; a fault is for validation to report. */
  #writeBundle(entry: string): string {
    const file = resolve(App.of(this).outdir, 'bundles', this.node.id, 'index.js');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, this.#bundleOrReport(entry));
    return file;
  }

  #bundleOrReport(entry: string): string {
    try {
      return bundleHandler(entry);
    } catch (error) {
      if (!(error instanceof BundleError)) throw error;
      this.node.addValidation({ validate: () => [error.message] });
      return '';
    }
  }
}
