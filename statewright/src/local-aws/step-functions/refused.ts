import type { IntegrationResource } from '../../asl/resource';
import type { TaskFailure } from '../../engine/execution/services';

/** A job that was not started, or a message with a token that was not sent: AWS writes TaskSubmitFailed. */
export const refused = ({ pattern }: IntegrationResource, failure: TaskFailure): TaskFailure =>
  pattern === 'requestResponse' ? failure : { ...failure, stage: 'submit' };
