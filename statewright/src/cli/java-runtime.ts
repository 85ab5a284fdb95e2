import { resolve } from 'node:path';
import type { AccountOptions } from '../local-aws/account';
import { UserError } from '../user-error';
import { type Option, textOf, type Values } from './command';

export const javaRuntimeOption: Option = {
  type: 'string',
  value: 'DIR',
  description:
    "The jars of AWS's runtime interface client for Java (default: those of the local Maven repository)",
};

/**
 * What `--java-runtime` sets.
 * @throws UserError when the folder does not have the client
 */
export function javaRuntime(values: Values): Pick<AccountOptions, 'lambda'> {
  const folder = textOf(values['java-runtime']);
  if (folder === undefined) return {};
  const { clientIn, FETCH_COMMAND } =
    require('../local-aws/lambda/runtime-api/java-client') as typeof import('../local-aws/lambda/runtime-api/java-client');
  if (clientIn(folder) === undefined) {
    throw new UserError(
      `--java-runtime ${folder}: aws-lambda-java-runtime-interface-client-VERSION.jar was not found in it.`,
      `Leave out --java-runtime, and fetch the client into the local Maven repository: ${FETCH_COMMAND}`,
    );
  }
  return { lambda: { runtimeFolders: { javaRuntime: resolve(folder) } } };
}
