import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { Fn, TerraformLocal, TerraformStack, TerraformVariable, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { defineStateMachine } from '../../src/asl';
import { Deployment } from '../../src/constructs/deployment';
import { trustPolicy } from '../../src/constructs/policy';
import { StateMachine } from '../../src/constructs/state-machine';

/**
 * A stack whose typed definition has a value of each kind that only Terraform knows, in each kind of field. The state
 * machine `typed` is made by the construct, and `plain` by the provider's resource with `Fn.jsonencode`.
 */
export class TokenStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'us-east-1' });
    const deployment = new Deployment(this, 'current', { region: 'us-east-1' });
    const role = new IamRole(this, 'role', {
      name: 'tokens',
      assumeRolePolicy: trustPolicy('states.amazonaws.com'),
      maxSessionDuration: 7200,
      tags: { stage: 'test' },
    });
    const definition = this.#definition(role);
    new StateMachine(this, 'typed', { name: 'typed', definition, deployment });
    new SfnStateMachine(this, 'plain', {
      name: 'plain',
      roleArn: role.arn,
      definition: Fn.jsonencode(definition),
    });
    new StateMachine(this, 'template', {
      name: 'template',
      definition: Fn.jsonencode(definition),
      deployment,
    });
  }

  #definition(role: IamRole) {
    const variable = (name: string, type: string, value: unknown) =>
      new TerraformVariable(this, name, { type, default: value });
    const seconds = variable('seconds', 'number', 1);
    const text = variable('text', 'string', 'say "hi" \\ to <all>\n{% not this %}');
    const time = variable('time', 'string', '2020-01-31T08:00:00Z');
    const names = variable('names', 'list(string)', ['TestError', 'Quoted"Error']);
    const settings = variable('settings', 'any', { deep: [1, { on: true }] });
    const enabled = variable('enabled', 'bool', true);
    const bucket = variable('bucket', 'string', 'orders');
    const labels = new TerraformLocal(this, 'labels', { team: 'a', stage: text.stringValue });
    const logs = new CloudwatchLogGroup(this, 'logs', { name: 'tokens', retentionInDays: 7 });
    const region = 'arn:aws:lambda:us-east-1:000000000000';

    return defineStateMachine({
      Comment: text.stringValue,
      StartAt: 'Wait',
      TimeoutSeconds: role.maxSessionDuration,
      States: {
        Wait: { Type: 'Wait', Seconds: seconds.numberValue, Next: 'Until' },
        Until: { Type: 'Wait', Timestamp: time.stringValue, Next: 'Pick' },
        Pick: {
          Type: 'Choice',
          Choices: [
            { Variable: '$.days', NumericEquals: logs.retentionInDays, Next: 'Both' },
            { Variable: '$.on', BooleanEquals: enabled.booleanValue, Next: 'Both' },
            { Variable: '$.at', TimestampEquals: time.stringValue, Next: 'Both' },
            { Not: { Variable: '$.text', StringEquals: text.stringValue }, Next: 'Both' },
          ],
          Default: 'Many',
        },
        Both: {
          Type: 'Parallel',
          Parameters: { names: names.listValue, labels: labels.expression },
          Branches: [
            {
              StartAt: 'Left',
              States: {
                Left: { Type: 'Pass', Result: { v: settings.value, on: enabled.booleanValue }, End: true },
              },
            },
          ],
          Retry: [
            {
              ErrorEquals: names.listValue,
              IntervalSeconds: seconds.numberValue,
              MaxAttempts: seconds.value,
              BackoffRate: Fn.lengthOf(names.listValue),
            },
          ],
          Catch: [{ ErrorEquals: [bucket.stringValue], Next: 'Data' }],
          ResultPath: '$.both',
          Next: 'Each',
        },
        Each: {
          Type: 'Map',
          ItemsPath: '$.both',
          MaxConcurrency: seconds.numberValue,
          ItemSelector: {
            'item.$': '$$.Map.Item.Value',
            tags: Token.asAny(role.tags),
          },
          ItemProcessor: {
            StartAt: 'Item',
            States: { Item: { Type: 'Pass', End: true } },
          },
          ResultPath: '$.each',
          Next: 'Data',
        },
        Data: {
          Type: 'Pass',
          QueryLanguage: 'JSONata',
          Output: {
            days: logs.retentionInDays,
            tags: role.tags,
            joined: Fn.join(',', names.listValue),
            first: Fn.element(names.listValue, 0),
            deep: Fn.lookup(settings.value, 'deep'),
            expression: `{% $states.input.n = '${bucket.stringValue}' %}`,
          },
          End: true,
        },
        Many: {
          Type: 'Map',
          ToleratedFailurePercentage: seconds.numberValue,
          ItemReader: {
            Resource: 'arn:aws:states:::s3:getObject',
            Parameters: { Bucket: bucket.stringValue, Key: `items/${bucket.stringValue}` },
            ReaderConfig: {
              InputType: 'CSV',
              CSVHeaderLocation: 'GIVEN',
              CSVHeaders: names.listValue,
              MaxItems: seconds.numberValue,
            },
          },
          ItemBatcher: { MaxItemsPerBatch: seconds.numberValue, BatchInput: labels.expression },
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'Call',
            States: {
              Call: {
                Type: 'Task',
                QueryLanguage: 'JSONata',
                Resource: `${region}:function:${bucket.stringValue}`,
                Arguments: { names: names.listValue, v: settings.value, n: seconds.numberValue },
                TimeoutSeconds: seconds.numberValue,
                End: true,
              },
            },
          },
          End: true,
        },
      },
    });
  }
}
