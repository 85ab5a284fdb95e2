// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's references

/**
 * All that Terraform can set on functions and what belongs to them, as resources of a stack that has the function `f`
 * with its role: a second and a third function, aliases, permissions, URLs, asynchronous invocation, concurrency, a layer.
 */
export function wideFunctions(variant: 1 | 2) {
  const first = variant === 1;
  const code = {
    role: '${aws_iam_role.f.arn}',
    handler: 'index.handler',
    filename: '${data.archive_file.code.output_path}',
    source_code_hash: '${data.archive_file.code.output_base64sha256}',
    depends_on: ['aws_iam_role_policy.f'],
  };
  const f = '${aws_lambda_function.f.function_name}';
  const invoke = { action: 'lambda:InvokeFunction', function_name: f };
  return {
    aws_lambda_function: {
      attached: {
        ...code,
        function_name: 'wide-attached',
        runtime: 'nodejs22.x',
        package_type: 'Zip',
        description: first ? 'variant 1' : '',
        architectures: first ? ['x86_64'] : ['arm64'],
        ...(first && {
          environment: { variables: { VARIANT: '1' } },
          dead_letter_config: { target_arn: 'arn:aws:sqs:us-east-1:000000000000:dead' },
          kms_key_arn: 'arn:aws:kms:us-east-1:000000000000:key/k',
        }),
        file_system_config: {
          arn: 'arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0',
          local_mount_path: `/mnt/v${variant}`,
        },
        vpc_config: { subnet_ids: [`subnet-${variant}`], security_group_ids: ['sg-1'] },
        logging_config: {
          log_format: 'JSON',
          application_log_level: first ? 'DEBUG' : 'WARN',
          system_log_level: first ? 'WARN' : 'INFO',
        },
        tags: { variant: `${variant}` },
      },
      snapshot: {
        ...code,
        function_name: 'wide-snapshot',
        runtime: first ? 'python3.12' : 'python3.13',
        publish: true,
        ...(first && { snap_start: { apply_on: 'PublishedVersions' } }),
      },
    },
    aws_lambda_alias: {
      live: {
        name: 'live',
        description: `variant ${variant}`,
        function_name: f,
        function_version: '${aws_lambda_function.f.version}',
        ...(!first && { routing_config: { additional_version_weights: { 1: 0.25 } } }),
      },
      steady: { name: 'steady', function_name: f, function_version: '${aws_lambda_function.f.version}' },
    },
    aws_lambda_permission: {
      alias: { ...invoke, principal: 's3.amazonaws.com', qualifier: '${aws_lambda_alias.live.name}' },
      account: { ...invoke, principal: 's3.amazonaws.com', source_account: `${variant}`.repeat(12) },
      organization: { ...invoke, principal: '*', principal_org_id: `o-123456789${variant}` },
      skill: {
        ...invoke,
        statement_id_prefix: 'skill-',
        principal: 'alexa-appkit.amazon.com',
        event_source_token: `skill.${variant}`,
      },
      url: {
        action: 'lambda:InvokeFunctionUrl',
        function_name: f,
        principal: '*',
        function_url_auth_type: first ? 'NONE' : 'AWS_IAM',
      },
    },
    aws_lambda_function_url: {
      f: {
        function_name: f,
        authorization_type: first ? 'NONE' : 'AWS_IAM',
        invoke_mode: first ? 'BUFFERED' : 'RESPONSE_STREAM',
        ...(first && {
          cors: {
            allow_credentials: true,
            allow_origins: ['https://page.example'],
            allow_methods: ['GET', 'POST'],
            allow_headers: ['date'],
            expose_headers: ['date'],
            max_age: 60,
          },
        }),
      },
      alias: {
        function_name: f,
        qualifier: '${aws_lambda_alias.live.name}',
        authorization_type: 'AWS_IAM',
        cors: { allow_origins: ['*'], max_age: 10 * variant },
      },
    },
    aws_lambda_function_event_invoke_config: {
      f: {
        function_name: f,
        maximum_event_age_in_seconds: 60 * variant,
        maximum_retry_attempts: variant - 1,
        destination_config: {
          [first ? 'on_failure' : 'on_success']: { destination: '${aws_lambda_function.attached.arn}' },
        },
        depends_on: ['aws_iam_role_policy.f'],
      },
      alias: {
        function_name: f,
        qualifier: '${aws_lambda_alias.live.name}',
        maximum_retry_attempts: variant,
        ...(first && {
          destination_config: { on_failure: { destination: '${aws_lambda_function.attached.arn}' } },
        }),
        depends_on: ['aws_iam_role_policy.f'],
      },
    },
    aws_lambda_event_source_mapping: {
      queue: {
        function_name: f,
        event_source_arn: 'arn:aws:sqs:us-east-1:000000000000:wide',
        enabled: first,
        batch_size: 10 * variant,
        maximum_batching_window_in_seconds: variant,
        function_response_types: first ? ['ReportBatchItemFailures'] : [],
        scaling_config: { maximum_concurrency: 2 * variant },
        filter_criteria: { filter: { pattern: `{"body":{"a":[${variant}]}}` } },
        tags: { variant: `${variant}` },
        depends_on: ['aws_iam_role_policy.f'],
      },
    },
    aws_lambda_layer_version: {
      shared: { layer_name: 'wide', filename: '${data.archive_file.code.output_path}' },
    },
    aws_lambda_layer_version_permission: {
      shared: {
        layer_name: '${aws_lambda_layer_version.shared.layer_name}',
        version_number: '${aws_lambda_layer_version.shared.version}',
        statement_id: `statement${variant}`,
        action: 'lambda:GetLayerVersion',
        ...(first ? { principal: '111122223333' } : { principal: '*', organization_id: 'o-1234567890' }),
      },
    },
    aws_lambda_runtime_management_config: {
      f: { function_name: f, update_runtime_on: first ? 'FunctionUpdate' : 'Auto' },
    },
    aws_lambda_function_recursion_config: {
      f: { function_name: f, recursive_loop: first ? 'Allow' : 'Terminate' },
    },
    aws_lambda_provisioned_concurrency_config: {
      steady: {
        function_name: f,
        qualifier: '${aws_lambda_alias.steady.name}',
        provisioned_concurrent_executions: variant,
      },
    },
  };
}
