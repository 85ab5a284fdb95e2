// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's references
import { DataAwsIamUsers } from '@cdktf/provider-aws/lib/data-aws-iam-users';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { App, Aspects, Fn, Lazy, TerraformIterator, TerraformStack, Testing, Token } from 'cdktf';
import { defineStateMachine } from '../../src/asl';
import { Deployment, StateMachine } from '../../src/constructs';
import * as resources from '../../src/constructs/resources';

/** The resources of a stack that `build` fills with values of another stack. */
function resourcesOf(build: (stack: TerraformStack, queue: SqsQueue, users: DataAwsIamUsers) => void) {
  const app = new App({ outdir: '/nowhere', stackTraces: false });
  const other = new TerraformStack(app, 'other');
  const stack = new TerraformStack(app, 'stack');
  build(stack, new SqsQueue(other, 'queue', {}), new DataAwsIamUsers(other, 'users', {}));
  stack.prepareStack();
  const { resource } = JSON.parse(Testing.synth(stack));
  return { resource, outputs: Object.keys(JSON.parse(Testing.synth(other)).output ?? {}) };
}

/** A role with each kind of value that CDKTF resolves. */
const roleWith = (Role: typeof IamRole) =>
  resourcesOf((stack, queue, users) => {
    const role = new Role(stack, 'role', {
      assumeRolePolicy: `{"a":{"b":"${queue.arn}","c":["${queue.url}","${queue.arn}"]}}`,
      description: `at ${queue.delaySeconds} s, ${queue.name}, \${var.text}, $\${not} a %{template}`,
      maxSessionDuration: queue.maxMessageSize,
      forceDetachPolicies: queue.fifoQueue,
      managedPolicyArns: users.arns,
      path: Lazy.stringValue({ produce: () => `/${queue.name}/` }),
      permissionsBoundary: `only ${queue.receiveWaitTimeSeconds}`,
      tags: { [`key-${queue.name}`]: queue.kmsMasterKeyId, '1e5': '2e+10', empty: '' },
      provisioners: [{ type: 'local-exec', command: `echo ${queue.id}` }],
      lifecycle: { ignoreChanges: ['tags'], preventDestroy: true },
      dependsOn: [new SqsQueue(stack, 'first', {})],
      forEach: TerraformIterator.fromList(['a', 'b']),
    });
    role.addOverride('list', [Token.asAny(null), Fn.upper(queue.name), { deep: [queue.arn, undefined, 1] }]);
    role.addOverride('nothing', undefined);
    role.addOverride('map', queue.tags);
    role.importFrom('imported');
    role.moveFromId('aws_iam_role.before');
  });

test("a resource has the JSON of the provider's own class, also with values of another stack", () => {
  const own = roleWith(resources.IamRole);
  expect(own).toEqual(roleWith(IamRole));
  expect(own.outputs).toHaveLength(11);
});

test('the parts of a resource can be read from its JSON', () => {
  resourcesOf((stack) => {
    const role = new resources.IamRole(stack, 'role', { assumeRolePolicy: '{}' });
    expect(role.toTerraform().resource.aws_iam_role.role.assume_role_policy).toBe('{}');
  });
});

test('the resources of a state machine can be changed until the stack is synthesized', () => {
  const { resource } = resourcesOf((stack, queue) => {
    const machine = new StateMachine(stack, 'm', {
      name: 'm',
      definition: defineStateMachine({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } }),
      deployment: new Deployment(stack, 'current', { region: 'eu-west-1' }),
    });
    machine.policy.overrideLogicalId('workflow');
    machine.role.overrideLogicalId('states');
    machine.logGroup.overrideLogicalId('history');
    machine.logGroup.addOverride('kms_key_id', queue.kmsMasterKeyId);
    machine.stateMachine.publish = true;
    Aspects.of(stack).add({
      visit: (node) => {
        if (node instanceof IamRole) node.tags = { stage: 'test' };
      },
    });
  });

  expect(Object.keys(resource.aws_iam_role_policy)).toEqual(['workflow']);
  expect(resource.aws_sfn_state_machine.m).toMatchObject({
    depends_on: ['aws_iam_role_policy.workflow'],
    publish: true,
    role_arn: '${aws_iam_role.states.arn}',
    logging_configuration: { log_destination: '${aws_cloudwatch_log_group.history.arn}:*' },
  });
  expect(resource.aws_iam_role_policy.workflow.role).toBe('${aws_iam_role.states.id}');
  expect(resource.aws_cloudwatch_log_group.history.kms_key_id).toMatch('data.terraform_remote_state');
  expect(resource.aws_iam_role.states.tags).toEqual({ stage: 'test' });
});

test('a state machine can consist of values of another stack', () => {
  const { resource, outputs } = resourcesOf((stack, queue, users) => {
    const Resource = 'arn:aws:states:::sqs:sendMessage';
    new StateMachine(stack, 'm', {
      name: 'm',
      definition: defineStateMachine({
        Comment: `${queue.name} in ${queue.delaySeconds} s`,
        StartAt: 'Send',
        States: {
          Send: { Type: 'Task', Resource, Parameters: { QueueUrl: queue.url, MessageBody: 'x' }, End: true },
        },
      }),
      deployment: new Deployment(stack, 'current', { region: 'eu-west-1' }),
      permissions: [{ Effect: 'Allow', Action: 'iam:GetUser', Resource: users.arns }],
    });
  });

  expect(JSON.stringify(resource)).not.toMatch(/TfToken|[{(]aws_sqs_queue\.queue|[{(]data\.aws_iam_users/);
  expect(outputs).toEqual([
    'cross-stack-output-aws_sqs_queuequeuedelay_seconds',
    'cross-stack-output-aws_sqs_queuequeuename',
    'cross-stack-output-aws_sqs_queuequeueurl',
    'cross-stack-output-dataaws_iam_usersusersarns',
  ]);
});
