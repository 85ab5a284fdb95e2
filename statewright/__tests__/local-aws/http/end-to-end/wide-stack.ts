// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's references
import { wideFunctions } from './wide-functions';
import { wideIdentity } from './wide-identity';
import { logsPermission, wideLogs } from './wide-logs';

const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const trust = (service: string) =>
  policy({ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' });

/**
 * A stack with everything that Terraform can set on this workflow's resources, as Terraform JSON: tags, versions and an
 * alias, a managed policy, reserved concurrency, permissions. The second variant changes each setting.
 */
export function wideStack(variant: 1 | 2): object {
  const first = variant === 1;
  const functions = wideFunctions(variant);
  return {
    provider: { aws: { region: 'us-east-1', default_tags: { tags: { team: `team ${variant}` } } } },
    data: {
      aws_caller_identity: { current: {} },
      aws_iam_policy: {
        basic: { name: 'AWSLambdaBasicExecutionRole' },
        states: { arn: 'arn:aws:iam::aws:policy/AWSStepFunctionsFullAccess' },
      },
      archive_file: {
        code: {
          type: 'zip',
          output_path: 'code.zip',
          source: { filename: 'index.js', content: `exports.handler = async () => ${variant}` },
        },
      },
      aws_lambda_invocation: {
        answer: { function_name: '${aws_lambda_function.f.function_name}', input: '{}' },
      },
      aws_sfn_state_machine: { m: { name: '${aws_sfn_state_machine.m.name}' } },
    },
    output: { answer: { value: '${data.aws_lambda_invocation.answer.result}' } },
    resource: {
      aws_iam_role: {
        f: {
          name: 'wide-function',
          path: '/service/',
          description: `variant ${variant}`,
          max_session_duration: 3600 * variant,
          permissions_boundary: first ? 'arn:aws:iam::aws:policy/PowerUserAccess' : null,
          tags: { note: `<${variant}> & "more"` },
          assume_role_policy: trust('lambda'),
        },
        m: { name: 'wide-machine', assume_role_policy: trust('states') },
      },
      aws_iam_role_policy: {
        f: {
          name: 'destinations',
          role: '${aws_iam_role.f.name}',
          policy: policy({
            Effect: 'Allow',
            Action: ['lambda:InvokeFunction', 'sqs:*'],
            Resource: '*',
          }),
        },
        m: {
          name: 'calls',
          role: '${aws_iam_role.m.name}',
          policy: policy(
            { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '${aws_lambda_function.f.arn}:*' },
            { Effect: 'Allow', Action: first ? 'logs:*' : ['logs:*', 'xray:Put*'], Resource: '*' },
          ),
        },
      },
      aws_iam_policy: {
        p: {
          name: 'wide',
          policy: policy({ Effect: 'Allow', Action: 'logs:Put*', Resource: `arn:aws:logs:*:*:${variant}*` }),
        },
      },
      aws_iam_role_policy_attachment: {
        own: { role: '${aws_iam_role.f.name}', policy_arn: '${aws_iam_policy.p.arn}' },
        aws: {
          role: '${aws_iam_role.f.name}',
          policy_arn: '${data.aws_iam_policy.basic.arn}',
        },
      },
      aws_iam_instance_profile: {
        p: { name: 'wide', role: '${aws_iam_role.f.name}', tags: { variant: `${variant}` } },
      },
      aws_iam_user: {
        u: {
          name: 'wide',
          path: '/bots/',
          permissions_boundary: '${aws_iam_policy.p.arn}',
          force_destroy: true,
          tags: { variant: `${variant}` },
        },
      },
      aws_iam_access_key: { u: { user: '${aws_iam_user.u.name}' } },
      aws_iam_user_policy: {
        u: {
          user: '${aws_iam_user.u.name}',
          policy: policy({ Effect: 'Allow', Action: `states:Start${first ? '' : 'Sync'}*`, Resource: '*' }),
        },
      },
      aws_iam_user_policy_attachment: {
        u: { user: '${aws_iam_user.u.name}', policy_arn: '${data.aws_iam_policy.states.arn}' },
      },
      aws_iam_group: { g: { name: `wide-${variant}` } },
      aws_iam_group_membership: {
        g: { name: 'wide', group: '${aws_iam_group.g.name}', users: ['${aws_iam_user.u.name}'] },
      },
      aws_iam_group_policy_attachment: {
        g: { group: '${aws_iam_group.g.name}', policy_arn: '${data.aws_iam_policy.states.arn}' },
      },
      aws_cloudwatch_log_group: {
        f: { name: '/wide/function', retention_in_days: first ? 7 : 0 },
        m: {
          name: '/aws/vendedlogs/states/wide',
          ...(!first && { kms_key_id: 'arn:aws:kms:us-east-1:000000000000:key/k' }),
        },
      },
      ...wideIdentity(variant),
      ...wideLogs(variant),
      ...functions,
      aws_lambda_function: {
        ...functions.aws_lambda_function,
        f: {
          function_name: 'wide',
          role: '${aws_iam_role.f.arn}',
          runtime: 'nodejs20.x',
          handler: 'index.handler',
          filename: '${data.archive_file.code.output_path}',
          source_code_hash: '${data.archive_file.code.output_base64sha256}',
          publish: true,
          reserved_concurrent_executions: first ? 5 : -1,
          memory_size: 128 * variant,
          timeout: 10 * variant,
          ephemeral_storage: { size: 512 * variant },
          environment: { variables: { VARIANT: `${variant}` } },
          logging_config: { log_format: 'Text', log_group: '${aws_cloudwatch_log_group.f.name}' },
          tracing_config: { mode: first ? 'Active' : 'PassThrough' },
        },
      },
      aws_lambda_permission: {
        ...functions.aws_lambda_permission,
        logs: logsPermission,
        f: {
          statement_id: `statement${variant}`,
          action: 'lambda:InvokeFunction',
          function_name: '${aws_lambda_function.f.function_name}',
          principal: 'events.amazonaws.com',
          source_arn: 'arn:aws:events:us-east-1:${data.aws_caller_identity.current.account_id}:rule/r',
        },
      },
      aws_sfn_state_machine: {
        m: {
          name: 'wide',
          role_arn: '${aws_iam_role.m.arn}',
          publish: true,
          definition: JSON.stringify({
            StartAt: 'Call',
            States: { Call: { Type: 'Task', Resource: '${aws_lambda_function.f.qualified_arn}', End: true } },
          }),
          logging_configuration: {
            level: first ? 'ALL' : 'ERROR',
            include_execution_data: first,
            log_destination: '${aws_cloudwatch_log_group.m.arn}:*',
          },
          tracing_configuration: { enabled: first },
          encryption_configuration: { type: 'AWS_OWNED_KEY' },
          depends_on: ['aws_iam_role_policy.m'],
        },
        express: {
          name_prefix: 'express-',
          type: 'EXPRESS',
          role_arn: '${aws_iam_role.m.arn}',
          definition: '{"StartAt":"Only","States":{"Only":{"Type":"Pass","End":true}}}',
        },
      },
      aws_sfn_alias: {
        prod: {
          name: 'prod',
          description: `variant ${variant}`,
          routing_configuration: {
            state_machine_version_arn: '${aws_sfn_state_machine.m.state_machine_version_arn}',
            weight: 100,
          },
        },
      },
    },
  };
}
