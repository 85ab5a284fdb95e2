import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The settings of a user who works with the real AWS through unusual endpoints.
 *
 * @param folder becomes the home folder, with the AWS configuration
 */
export function realSettings(folder: string): NodeJS.ProcessEnv {
  const elsewhere = 'endpoint_url = https://elsewhere.invalid';
  const settings = [
    'role_arn = arn:aws:iam::123456789012:role/real',
    'credential_process = /bin/false',
    'use_fips_endpoint = true',
    'ignore_configured_endpoint_urls = true',
    'services = all',
    elsewhere,
  ].join('\n');
  const services = ['sfn', 'sts', 'iam', 'lambda', 'cloudwatch_logs'].map((id) => `${id} =\n  ${elsewhere}`);
  mkdirSync(join(folder, '.aws'), { recursive: true });
  const profiles = `[default]\n${settings}\n[profile work]\n${settings}\n`;
  writeFileSync(join(folder, '.aws/config'), `${profiles}[services all]\n${services.join('\n')}\n`);
  writeFileSync(join(folder, '.aws/credentials'), '[work]\naws_access_key_id = real\n');
  return {
    ...process.env,
    HOME: folder,
    AWS_PROFILE: 'work',
    AWS_SESSION_TOKEN: 'real',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    AWS_ENDPOINT_URL_SFN: 'https://elsewhere.invalid',
    TF_AWS_STS_ENDPOINT: 'https://elsewhere.invalid',
  };
}
