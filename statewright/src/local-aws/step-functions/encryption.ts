import { AwsError } from '../aws-error';
import type { EncryptionConfiguration } from './requests';

/** The default: a key of AWS. */
export const OWNED_KEY: EncryptionConfiguration = { type: 'AWS_OWNED_KEY' };

/**
 * Refuses what the Step Functions API Reference (EncryptionConfiguration) rules out: a customer managed key needs its
 * id, and only such a key has one. The text after the first colon is our own wording.
 */
export function checkEncryption(configuration: EncryptionConfiguration): void {
  const { type, kmsKeyId, kmsDataKeyReusePeriodSeconds: period } = configuration;
  if (type === 'AWS_OWNED_KEY' && (kmsKeyId !== undefined || period !== undefined)) {
    throw invalid('kmsKeyId and kmsDataKeyReusePeriodSeconds cannot be set with the type AWS_OWNED_KEY');
  }
  if (type === 'CUSTOMER_MANAGED_KMS_KEY' && kmsKeyId === undefined) {
    throw invalid('kmsKeyId must be set for the type CUSTOMER_MANAGED_KMS_KEY');
  }
}

const invalid = (reason: string) =>
  new AwsError('InvalidEncryptionConfiguration', `Invalid Encryption Configuration: ${reason}`);
