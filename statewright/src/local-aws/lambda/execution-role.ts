import type { LentCredentials } from '../sts/sessions';
import { invalidParameter } from './errors';

/** Whether the Lambda service may assume a role. */
export type CanAssume = (request: { readonly roleArn: string; readonly service: string }) => boolean;

/** Credentials of a role, for as long as an environment needs them. */
export type LendCredentials = (roleArn: string, sessionName: string) => LentCredentials;

/** Lambda's message for a role that it may not assume. */
export const ROLE_NOT_ASSUMABLE = 'The role defined for the function cannot be assumed by Lambda.';

/** @throws AwsError InvalidParameterValueException */
export function checkRole(canAssume: CanAssume, roleArn: string): void {
  if (!canAssume({ roleArn, service: 'lambda.amazonaws.com' })) {
    throw invalidParameter(ROLE_NOT_ASSUMABLE);
  }
}
