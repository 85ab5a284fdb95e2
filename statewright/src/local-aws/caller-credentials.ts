import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { UpstreamCredentials } from '../integrations/upstream';
import { AwsError } from './aws-error';

const PACKAGE = '@aws-sdk/credential-provider-node';

type Provider = () => Promise<UpstreamCredentials>;
let provider: Provider | undefined;

/**
 * The caller's own credentials for the real AWS, as the AWS SDK finds them: variables, `~/.aws`, SSO and so on. The package
 * that finds them comes with every client of the SDK, and is loaded from the user's project.
 *
 * @throws AwsError when there are none, or the package is not installed
 */
export async function callerCredentials(): Promise<UpstreamCredentials> {
  provider ??= loadProvider();
  try {
    return await provider();
  } catch (error) {
    throw new AwsError(
      'UpstreamCredentialsUnavailable',
      `The real AWS was not called, since no credentials were found: ${(error as Error).message}`,
      424,
    );
  }
}

function loadProvider(): Provider {
  for (const place of [join(process.cwd(), 'package.json'), __filename]) {
    const load = createRequire(place);
    try {
      load.resolve(PACKAGE);
    } catch {
      continue;
    }
    return (load(PACKAGE) as { defaultProvider: () => Provider }).defaultProvider();
  }
  return async () => {
    throw new Error(`the package ${PACKAGE} is not installed. Install it: npm install --save-dev ${PACKAGE}`);
  };
}
