import { reasonOf, type UpstreamServices } from '../../integrations/upstream-services';
import type { AccountContext } from '../account-context';
import type { IamService } from '../iam/iam-service';
import type { LambdaService } from '../lambda/lambda-service';
import type { StatesService } from '../step-functions/states-service';
import { targetInput } from './event-input';
import type { EventRule, EventTarget } from './event-rule';

/** Sends an event, JSON text, to a target of a rule. */
export type DeliverEvent = (
  event: { readonly id: string; readonly text: string },
  target: EventTarget,
  rule: EventRule,
) => void;

interface TargetServices {
  readonly context: AccountContext;
  readonly iam: IamService;
  readonly lambda: LambdaService;
  /** Made after the targets. */
  readonly states: () => StatesService;
  readonly upstream: UpstreamServices | undefined;
}

/** EventBridge, as IAM names it. */
const PRINCIPAL = 'events.amazonaws.com';

/**
 * Starts state machines and invokes functions, as far as the target's role or the function's policy allows it. An event
 * that cannot be delivered goes to the target's dead-letter queue; a warning says why.
 */
export function targetDelivery(services: TargetServices): DeliverEvent {
  return async ({ id, text }, target, rule) => {
    let input = text;
    try {
      input = targetInput(text, target, rule, services.context.clock.now());
      checkPermission(services, target, rule);
      await start(services, target.Arn, input, id);
    } catch (error) {
      const reason = reasonOf(error);
      process.emitWarning(`EventBridge did not deliver an event of ${rule.arn} to ${target.Arn}: ${reason}`);
      await keep(services, input, target, rule, reason);
    }
  };
}

async function start(
  { context, lambda, states }: TargetServices,
  arn: string,
  input: string,
  id: string,
): Promise<void> {
  if (isFunction(arn)) await lambda.invoke({ FunctionName: arn, InvocationType: 'Event', Payload: input });
  else states().startExecution({ stateMachineArn: arn, input, name: `${id}_${context.uuid()}` });
}

const isFunction = (arn: string) => arn.split(':')[2] === 'lambda';

/** @throws Error when EventBridge may not call the target (EventBridge User Guide, "Using IAM roles for EventBridge") */
function checkPermission(
  { context: { accountId, region }, iam, lambda }: TargetServices,
  { Arn: resource, RoleArn: roleArn }: EventTarget,
  rule: EventRule,
): void {
  const source = { 'aws:SourceArn': rule.arn, 'aws:SourceAccount': accountId };
  const action = isFunction(resource) ? 'lambda:InvokeFunction' : 'states:StartExecution';
  if (roleArn !== undefined) {
    if (!iam.canAssume({ roleArn, service: PRINCIPAL, conditions: source })) {
      throw new Error(`${PRINCIPAL} is not authorized to assume the role ${roleArn}.`);
    }
    const conditions = { 'aws:RequestedRegion': region };
    const answer = iam.authorize({ roleArn, action, resource, conditions });
    if (!answer.allowed) throw new Error(answer.message);
    return;
  }
  const policy = lambda.resourcePolicy({ FunctionName: resource });
  if (
    policy === undefined ||
    !iam.allowsService(policy, PRINCIPAL, { action, resource, conditions: source })
  ) {
    throw new Error(`The function's policy does not let ${PRINCIPAL} perform ${action} for this rule.`);
  }
}

/** Sends an event that was not delivered to the target's dead-letter queue. */
async function keep(
  { upstream }: TargetServices,
  MessageBody: string,
  { Arn, DeadLetterConfig }: EventTarget,
  rule: EventRule,
  reason: string,
): Promise<void> {
  const queue = DeadLetterConfig?.Arn;
  if (queue === undefined || upstream === undefined) return;
  const [, , , , QueueOwnerAWSAccountId, QueueName] = queue.split(':');
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  try {
    const { QueueUrl } = await upstream.call('sqs', 'GetQueueUrl', { QueueName, QueueOwnerAWSAccountId });
    await upstream.call('sqs', 'SendMessage', {
      QueueUrl,
      MessageBody,
      MessageAttributes: { RULE_ARN: text(rule.arn), TARGET_ARN: text(Arn), ERROR_MESSAGE: text(reason) },
    });
  } catch (error) {
    process.emitWarning(`EventBridge did not send the event to ${queue}: ${reasonOf(error)}`);
  }
}
