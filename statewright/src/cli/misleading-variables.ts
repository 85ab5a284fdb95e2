/** Variables that would bypass the local AWS: other credentials, other endpoints, a Terraform without the guard. */
export const misleadingVariables: readonly string[] = [
  ...[
    'AWS_PROFILE',
    'AWS_DEFAULT_PROFILE',
    'AWS_SESSION_TOKEN',
    'AWS_ROLE_ARN',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
  ],
  ...['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'],
  ...['STS', 'IAM', 'CLOUDWATCH_LOGS', 'LAMBDA', 'SFN', 'S3', 'DYNAMODB'].map(
    (id) => `AWS_ENDPOINT_URL_${id}`,
  ),
  ...['STS', 'IAM', 'S3', 'DYNAMODB'].flatMap((id) => [`AWS_${id}_ENDPOINT`, `TF_AWS_${id}_ENDPOINT`]),
  // These tell Terragrunt which Terraform to run.
  ...['TG_TF_PATH', 'TERRAGRUNT_TFPATH'],
];

/** Whether a variable is the endpoint of one service: the SDKs and Terraform have one for each. */
export const isServiceEndpoint = (name: string): boolean =>
  /^(?:AWS_ENDPOINT_URL_\w+|(?:TF_)?AWS_\w+_ENDPOINT)$/.test(name) &&
  // These two are switches.
  !/_(?:FIPS|DUALSTACK|REGIONAL)_ENDPOINT$/.test(name);

/** The variables of an environment that would bypass the local AWS. */
export const misleadingIn = (env: NodeJS.ProcessEnv): string[] =>
  Object.keys(env).filter((name) => misleadingVariables.includes(name) || isServiceEndpoint(name));
