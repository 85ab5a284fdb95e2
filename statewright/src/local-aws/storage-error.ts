import { AwsError } from './aws-error';

/**
 * A record could not be kept or read: the disk is full, or a file is damaged. It is answered as an AWS error. Its status is
 * none that SDKs and Terraform would try again for minutes, as they do for 500 to 504.
 */
export class StorageError extends AwsError {
  constructor(code: 'InsufficientStorage' | 'StorageFailure', message: string) {
    super(code, message, 507);
  }
}
