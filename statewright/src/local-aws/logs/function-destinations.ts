import { parseFunctionName } from '../../asl/resource';
import type { AccountContext } from '../account-context';
import { AwsError } from '../aws-error';
import type { IamService } from '../iam/iam-service';
import type { LambdaService } from '../lambda/lambda-service';
import type { SubscriptionDestinations } from './deliver-events';

interface DestinationServices {
  readonly context: Pick<AccountContext, 'accountId' | 'region'>;
  readonly iam: Pick<IamService, 'allowsService'>;
  /** Made after the logs. */
  readonly lambda: () => Pick<LambdaService, 'getFunctionConfiguration' | 'invoke' | 'resourcePolicy'>;
}

/** The functions of an account as destinations of its subscription filters. */
export function functionDestinations({
  context,
  iam,
  lambda,
}: DestinationServices): SubscriptionDestinations {
  const { accountId, region } = context;
  const principals = ['logs.amazonaws.com', `logs.${region}.amazonaws.com`];
  return {
    isFunction: (arn) => arn.split(':')[2] === 'lambda',
    mayInvoke: (resource, logGroupArn) => {
      const policy = lambda().resourcePolicy({ FunctionName: resource });
      if (policy === undefined) return false;
      const conditions = { 'aws:SourceArn': `${logGroupArn}:*`, 'aws:SourceAccount': accountId };
      const question = { action: 'lambda:InvokeFunction', resource, conditions };
      return principals.some((principal) => iam.allowsService(policy, principal, question));
    },
    logGroupOf: (arn) => {
      try {
        const FunctionName = parseFunctionName(arn).name;
        return lambda().getFunctionConfiguration({ FunctionName }).LoggingConfig.LogGroup;
      } catch (error) {
        if (error instanceof AwsError) return undefined;
        throw error;
      }
    },
    invoke: async (FunctionName, Payload) =>
      lambda().invoke({ FunctionName, InvocationType: 'Event', Payload }),
  };
}
