import type { BucketOf } from '../../../src/integrations/bucket';
import type { ConnectionParameters } from '../../../src/integrations/connections';
import type { UpstreamOf } from '../../../src/integrations/upstream';
import type { AccountContext } from '../../../src/local-aws/account-context';
import { IamService } from '../../../src/local-aws/iam/iam-service';
import type { InvokeRequest, InvokeResponse } from '../../../src/local-aws/lambda/invoke';
import { LogsService } from '../../../src/local-aws/logs/logs-service';
import type { StandIn } from '../../../src/local-aws/step-functions/stand-ins';
import { StatesService } from '../../../src/local-aws/step-functions/states-service';
import { testContext } from '../context';

export const machineRole = 'arn:aws:iam::123456789012:role/machine';
export const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:Test';
export const machineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:state';
export const logGroupArn = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/vendedlogs/states/state:*';

/** A state machine with one Pass state. */
export const passing = JSON.stringify({ StartAt: 'Only', States: { Only: { Type: 'Pass', End: true } } });
/** A state machine that waits for an hour. */
export const waiting = JSON.stringify({
  StartAt: 'Hour',
  States: { Hour: { Type: 'Wait', Seconds: 3600, End: true } },
});
/** A state machine with one Task state. */
export const calling = (Resource: string, more: object = {}) =>
  JSON.stringify({ StartAt: 'Call', States: { Call: { Type: 'Task', Resource, End: true, ...more } } });

export const trustPolicy = (service: string, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', ...more },
  });

const permissions = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: functionArn },
    { Effect: 'Allow', Action: 'logs:CreateLogDelivery', Resource: '*' },
  ],
});

/** Gives the role of the state machine a further permission. */
export function allow(iam: IamService, action: string | string[], resource: string | string[]): void {
  const statement = { Effect: 'Allow', Action: action, Resource: resource };
  iam.putRolePolicy({
    RoleName: 'machine',
    PolicyName: [action].flat().join().replaceAll(':', '-').replaceAll('*', 'all').slice(0, 100),
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statement }),
  });
}

/** The answer of the stand-in for Lambda. */
export type Answer = (request: InvokeRequest) => Promise<InvokeResponse>;

export const answering =
  (Payload: string, more: Partial<InvokeResponse> = {}): Answer =>
  async () => ({ StatusCode: 200, ExecutedVersion: '$LATEST', Payload, ...more });

/** Step Functions with a role that may call the function Test, and a Lambda with preset answers. */
export function statesHarness(
  answer: Answer = answering('null'),
  overrides: Partial<AccountContext> = {},
  standIns: StandIn[] = [],
  upstreamOf?: UpstreamOf,
  connections?: ConnectionParameters,
  bucketOf?: BucketOf,
) {
  const context = testContext(overrides);
  const iam = new IamService(context);
  const logs = new LogsService(context);
  const invocations: InvokeRequest[] = [];
  const lambda = {
    invoke: (request: InvokeRequest) => {
      invocations.push(request);
      return answer(request);
    },
  };
  const states = new StatesService(context, {
    iam,
    lambda,
    logs,
    standIns,
    upstreamOf,
    connections,
    bucketOf,
  });
  iam.createRole({ RoleName: 'machine', AssumeRolePolicyDocument: trustPolicy('states.amazonaws.com') });
  iam.putRolePolicy({ RoleName: 'machine', PolicyName: 'permissions', PolicyDocument: permissions });
  logs.createLogGroup({ logGroupName: '/aws/vendedlogs/states/state' });

  return {
    context,
    iam,
    logs,
    states,
    invocations,
    create: (definition: string, more: object = {}) =>
      states.createStateMachine({ name: 'state', definition, roleArn: machineRole, ...more }),
    /** Creates a state machine, runs it to its end and returns the result. */
    run: async (definition: string, input = '{}') => {
      states.createStateMachine({ name: 'state', definition, roleArn: machineRole });
      const { executionArn } = states.startExecution({ stateMachineArn: machineArn, input });
      return states.executionEnded(executionArn);
    },
  };
}
