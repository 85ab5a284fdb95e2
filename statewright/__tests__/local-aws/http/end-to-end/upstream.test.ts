import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsFiles } from '../../../../src/cli/aws-files';
import { exportLines, localEnvironment } from '../../../../src/cli/local-environment';
import { Account } from '../../../../src/local-aws/account';
import { type RunningServer, startServer } from '../../../../src/local-aws/server';
import { upstreams } from '../../../../src/local-aws/upstream';
import { run } from '../../../cli/shell';
import { Moto } from '../../../integrations/moto';
import { describeWith } from '../../../support/tools';

const configuration = (profile: string) => `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
  backend "s3" {
    bucket         = "states"
    key            = "orders.tfstate"
    region         = "eu-west-1"
    dynamodb_table = "locks"
    use_lockfile   = true
  }
}
provider "aws" {
  region  = "eu-west-1"
  profile = "${profile}"
}
provider "aws" {
  alias   = "us"
  region  = "us-west-2"
  profile = "${profile}"
}
# The emulator has a bucket and a table with the names of those in which the local AWS keeps states and locks.
resource "aws_s3_bucket" "states" {
  bucket = "states"
}
resource "aws_s3_object" "rows" {
  bucket  = aws_s3_bucket.states.bucket
  key     = "a b/rows.csv"
  content = "id\\n1\\n"
}
resource "aws_dynamodb_table" "locks" {
  name         = "locks"
  hash_key     = "LockID"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "LockID"
    type = "S"
  }
}
resource "aws_sns_topic" "orders" {
  name = "orders"
}
resource "aws_sqs_queue" "orders" {
  name = "orders"
}
resource "aws_iam_role" "machine" {
  name = "machine"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for region in ["eu-west-1", "us-west-2"] : {
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "states.\${region}.amazonaws.com" }
    }]
  })
}
resource "aws_sfn_state_machine" "here" {
  name       = "orders"
  role_arn   = aws_iam_role.machine.arn
  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Pass", Result = aws_sqs_queue.orders.arn, End = true } } })
}
resource "aws_sfn_state_machine" "there" {
  provider   = aws.us
  name       = "orders"
  role_arn   = aws_iam_role.machine.arn
  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Succeed" } } })
}
output "urls" {
  value = "\${aws_sqs_queue.orders.url} \${aws_sfn_state_machine.here.arn} \${aws_sfn_state_machine.there.arn}"
}
`;

describeWith(['terraformProviders', 'moto'], 'terraform, with an emulator for the other services', () => {
  let folder: string;
  let moto: Moto;
  let account: Account;
  let server: RunningServer;
  const stateHome = process.env.XDG_STATE_HOME;
  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'upstream-test-')));
    process.env.XDG_STATE_HOME = join(folder, 'state');
    mkdirSync(join(folder, 'stack'));
    moto = await Moto.start();
    account = new Account({ accountId: '123456789012', upstreamOf: upstreams({ upstream: moto.url }) });
    server = await startServer(account);
  });
  afterAll(async () => {
    if (stateHome === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = stateHome;
    await Promise.all([server.close(), account.close()]);
    await moto.stop();
    rmSync(folder, { recursive: true });
  });

  async function terraform(args: string): Promise<string> {
    const address = { url: server.url, accessKeyId: 'local' };
    const exports = exportLines(localEnvironment(address.url, 'local', undefined, awsFiles(address, [])));
    const { exitCode, stdout, stderr } = await run('sh', ['-ec', `${exports}\nterraform ${args} -no-color`], {
      cwd: join(folder, 'stack'),
      env: process.env,
    });
    if (exitCode !== 0) throw new Error(`terraform ${args} ended with ${exitCode}:\n${stdout}${stderr}`);
    return stdout;
  }

  test('a stack of both is applied, and the plan is empty afterwards; destroy deletes it', async () => {
    writeFileSync(join(folder, 'stack/main.tf'), configuration('company-dev'));
    await terraform('init -input=false');
    const applied = await terraform('apply -auto-approve -input=false');
    expect(applied).toContain('Apply complete! Resources: 8 added, 0 changed, 0 destroyed.');
    expect(applied).toContain(
      [
        `"${server.url}/123456789012/orders`,
        'arn:aws:states:eu-west-1:123456789012:stateMachine:orders',
        'arn:aws:states:us-west-2:123456789012:stateMachine:orders"',
      ].join(' '),
    );
    expect(await terraform('plan -input=false -detailed-exitcode')).toContain('No changes.');

    // The state and its digest are here; the bucket of the emulator has only what the configuration put there.
    expect(account.objects.listObjects('states', '').map(({ key }) => key)).toEqual([
      'env:/statewright/orders.tfstate',
    ]);
    const listed = await fetch(`${moto.url}/states?list-type=2`);
    expect([...(await listed.text()).matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => key)).toEqual([
      'a b/rows.csv',
    ]);

    expect(await terraform('destroy -auto-approve -input=false')).toContain('Destroy complete! Resources: 8');
    expect(account.regions.map(({ region }) => region)).toEqual(['us-east-1']);
  });
});
