// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's references

/** An activity, and what CloudWatch Logs keeps of a log group and of the account: filters, a policy, a saved query. */
export function wideLogs(variant: 1 | 2) {
  const first = variant === 1;
  return {
    aws_sfn_activity: { a: { name: 'wide', tags: { variant: `${variant}` } } },
    aws_cloudwatch_log_resource_policy: {
      p: {
        policy_name: 'wide',
        policy_document: JSON.stringify({
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: first ? 'logs:PutLogEvents' : ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: '*',
          },
        }),
      },
    },
    aws_cloudwatch_query_definition: {
      q: {
        name: `wide/${variant}`,
        query_string: 'fields @timestamp, @message',
        ...(first && { log_group_names: ['${aws_cloudwatch_log_group.f.name}'] }),
      },
    },
    aws_cloudwatch_log_metric_filter: {
      m: {
        name: 'wide',
        pattern: first ? '{ $.type = "ExecutionFailed" }' : '[ip, ..., status = 5*]',
        log_group_name: '${aws_cloudwatch_log_group.m.name}',
        metric_transformation: { name: 'Failed', namespace: 'Wide', value: `${variant}`, unit: 'Count' },
      },
    },
    aws_cloudwatch_log_subscription_filter: {
      s: {
        name: 'wide',
        filter_pattern: first ? '' : 'ExecutionFailed',
        log_group_name: '${aws_cloudwatch_log_group.m.name}',
        destination_arn: '${aws_lambda_function.f.arn}',
        depends_on: ['aws_lambda_permission.logs'],
      },
    },
  };
}

/** Lets CloudWatch Logs invoke the function of the subscription filter. */
export const logsPermission = {
  statement_id: 'logs',
  action: 'lambda:InvokeFunction',
  function_name: '${aws_lambda_function.f.function_name}',
  principal: 'logs.amazonaws.com',
  source_arn: '${aws_cloudwatch_log_group.m.arn}:*',
};
