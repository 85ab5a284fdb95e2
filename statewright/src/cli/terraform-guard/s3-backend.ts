/**
 * The arguments of an S3 backend that would bypass the local AWS or its credentials, in all versions of Terraform
 * (Terraform documentation, "Backend Type: s3").
 */
const misleading = [
  ...['endpoint', 'endpoints', 'dynamodb_endpoint', 'iam_endpoint', 'sts_endpoint', 'sts_region'],
  ...['ec2_metadata_service_endpoint', 'use_fips_endpoint', 'use_dualstack_endpoint'],
  ...['http_proxy', 'https_proxy', 'no_proxy', 'custom_ca_bundle', 'insecure'],
  ...['access_key', 'secret_key', 'token', 'profile'],
  ...['shared_credentials_file', 'shared_credentials_files', 'shared_config_files'],
  ...['assume_role', 'assume_role_with_web_identity', 'role_arn', 'session_name', 'external_id'],
  ...['assume_role_duration_seconds', 'assume_role_policy', 'assume_role_policy_arns'],
  ...['assume_role_tags', 'assume_role_transitive_tag_keys'],
  ...['allowed_account_ids', 'forbidden_account_ids'],
];

export const misleadingArguments = (names: Iterable<string>): string[] =>
  [...names].filter((name) => misleading.includes(name));

/**
 * The settings that keep an S3 backend in the local AWS, as a file for `-backend-config`. Requests have the bucket in
 * their path: a host name that begins with the bucket's name would not resolve.
 *
 * @param given the arguments of the backend's block, and of other `-backend-config`s
 */
export function localS3Settings(given: Iterable<string>): string {
  const lines = misleadingArguments(new Set(given)).map((name) => `${name} = null`);
  return ['# Keeps the state in the local AWS.', ...lines, 'use_path_style = true', ''].join('\n');
}
