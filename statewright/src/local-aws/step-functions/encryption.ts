import { AwsError } from '../aws-error';
import type { EncryptionConfiguration } from './requests';

/**
 * Refuses what the Step Functions API Reference (EncryptionConfiguration) rules out: a key of the customer's needs its
 * id, and only it has one. The texts after the first colon are worded here.
 */
export function checkEncryption(configuration: EncryptionConfiguration): void {
  const { type, kmsKeyId, kmsDataKeyReusePeriodSeconds: period } = configuration;
  if (type === 'AWS_OWNED_KEY' && (kmsKeyId !== undefined || period !== undefined)) {
    throw invalid('kmsKeyId and kmsDataKeyReusePeriodSeconds cannot be set with the type AWS_OWNED_KEY');
  }
  if (type === 'CUSTOMER_MANAGED_KMS_KEY' && kmsKeyId === undefined) {
    throw invalid('kmsKeyId has to be set with the type CUSTOMER_MANAGED_KMS_KEY');
  }
  if (period !== undefined && (period < 60 || period > 900)) {
    throw invalid('kmsDataKeyReusePeriodSeconds has to be from 60 to 900');
  }
}

const invalid = (reason: string) =>
  new AwsError('InvalidEncryptionConfiguration', `Invalid Encryption Configuration: ${reason}`);
