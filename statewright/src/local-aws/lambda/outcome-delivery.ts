import type { UpstreamServices } from '../../integrations/upstream-services';
import type { QueuedInvocation, RunnerResult } from './runner';

/** How an asynchronous invocation ended. */
export interface EventOutcome {
  readonly invocation: QueuedInvocation;
  readonly condition: string;
  readonly invokeCount: number;
  /** Undefined when the function never ran. */
  readonly result: RunnerResult | undefined;
}

/** The record as the destination receives it, by its service (Lambda Developer Guide, "Adding a destination"). */
export function deliverRecord(
  upstream: UpstreamServices,
  arn: string,
  { invocation, condition }: EventOutcome,
  record: string,
): Promise<unknown> {
  const [, , service, , , name = ''] = arn.split(':');
  switch (service) {
    case 'events':
      return upstream.call('events', 'PutEvents', {
        Entries: [
          {
            Source: 'lambda',
            DetailType: `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`,
            Resources: [arn, invocation.functionArn],
            Detail: record,
            EventBusName: name.replace(/^event-bus\//, ''),
          },
        ],
      });
    case 's3':
      return upstream.call('s3', 'PutObject', {
        Bucket: name,
        Key: keyOf(invocation.target.FunctionName, JSON.parse(record).timestamp, invocation.requestId),
        Body: record,
      });
    default:
      return send(upstream, arn, record);
  }
}

/** The event itself, with what went wrong in attributes (Lambda Developer Guide, "Adding a dead-letter queue"). */
export function deliverToDeadLetterQueue(
  upstream: UpstreamServices,
  arn: string,
  { invocation, result }: EventOutcome,
): Promise<unknown> {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  return send(upstream, arn, invocation.event, {
    RequestID: text(invocation.requestId),
    ...(result && {
      ErrorCode: { DataType: 'Number', StringValue: '200' },
      ErrorMessage: text(errorMessageIn(result.payload)),
    }),
  });
}

/** Sends text to a queue or a topic. */
async function send(
  upstream: UpstreamServices,
  arn: string,
  text: string,
  MessageAttributes?: object,
): Promise<unknown> {
  const [, , service, , owner, name] = arn.split(':');
  if (service === 'sns') {
    return upstream.call('sns', 'Publish', { TopicArn: arn, Message: text, MessageAttributes });
  }
  const { QueueUrl } = await upstream.call('sqs', 'GetQueueUrl', {
    QueueName: name,
    QueueOwnerAWSAccountId: owner,
  });
  return upstream.call('sqs', 'SendMessage', { QueueUrl, MessageBody: text, MessageAttributes });
}

/** The first kilobyte of a function's error message. What a runtime of the user's own answers may not be JSON. */
function errorMessageIn(payload: string): string {
  const [, message] = /"errorMessage"\s*:\s*("(?:[^"\\]|\\.)+")/.exec(payload) ?? [];
  return (message === undefined ? payload : String(JSON.parse(message))).slice(0, 1024);
}

/** `aws/lambda/async/FUNCTION/2026/01/31/2026-01-31T12.00.00-REQUEST_ID` */
function keyOf(functionName: string, timestamp: string, requestId: string): string {
  const time = timestamp.slice(0, 19).replaceAll(':', '.');
  return `aws/lambda/async/${functionName}/${time.slice(0, 10).replaceAll('-', '/')}/${time}-${requestId}`;
}
