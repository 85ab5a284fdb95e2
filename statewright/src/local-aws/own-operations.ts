import { AwsError } from './aws-error';
import { type Operations, operationsOf } from './http/operation';
import type { IamService } from './iam/iam-service';
import { iamApi } from './iam/requests';
import type { MayRead } from './lambda/code-in-s3';
import type { LambdaService } from './lambda/lambda-service';
import { lambdaApi } from './lambda/requests';
import type { LogsService } from './logs/logs-service';
import { logsApi } from './logs/requests';
import type { OwnOperation } from './step-functions/dependencies';
import { statesApi } from './step-functions/requests';
import type { StatesService } from './step-functions/states-service';
import { stsApi } from './sts/requests';
import type { StsService } from './sts/sts-service';

interface Services {
  readonly iam: IamService;
  readonly lambda: LambdaService;
  readonly logs: LogsService;
  readonly states: StatesService;
  readonly sts: StsService;
}

/** The operations of an account's services by name, for Tasks that call them in this process. STS answers as their role. */
export function ownOperations({ iam, lambda, logs, states, sts }: Services): OwnOperation {
  const services = {
    cloudwatchlogs: operationsOf(logsApi, logs),
    iam: operationsOf(iamApi, iam),
    lambda: operationsOf(lambdaApi, lambda),
    sfn: operationsOf(statesApi, states),
  };
  return (service, name, caller, hungUp) => {
    const operations: Operations =
      service === 'sts' ? operationsOf(stsApi, sts.as(caller)) : services[service];
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation === undefined) return undefined;
    if (service !== 'lambda') return (members) => operation(members, 'json', hungUp);
    const mayRead: MayRead = ({ Bucket, Key }) => {
      const asked = { action: 's3:GetObject', resource: `arn:aws:s3:::${Bucket}/${Key}` };
      const answer = iam.authorizeCaller(caller, asked);
      if (!answer.allowed) throw new AwsError('AccessDeniedException', answer.message, 403);
    };
    return async (members) =>
      operation(await lambda.withCode(name, members as Record<string, unknown>, mayRead), 'json');
  };
}
