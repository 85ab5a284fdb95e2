import { objectOf, ownField } from '../../asl/graph';

/** The events that Lambda polls for, with the property that names their source, and the policy that polling needs. */
const POLLED: Readonly<Record<string, readonly [property: string, policy: string]>> = {
  DynamoDB: ['Stream', 'AWSLambdaDynamoDBExecutionRole'],
  Kinesis: ['Stream', 'AWSLambdaKinesisExecutionRole'],
  SQS: ['Queue', 'AWSLambdaSQSQueueExecutionRole'],
};

/** An event source mapping that SAM makes. */
export interface EventSource {
  readonly name: string;
  readonly resource: object;
  /** The AWS managed policy that the function's role gets. */
  readonly policy: string;
}

/** The event source mappings for the `Events` of a function. Nothing else that calls functions runs here. */
export function eventSources(functionId: string, events: unknown): EventSource[] {
  return Object.entries(objectOf(events) ?? {}).flatMap(([event, written]) => {
    const [Type, Properties] = [ownField(written, 'Type'), ownField(written, 'Properties')];
    const [property, policy] = POLLED[String(Type)] ?? [];
    if (property === undefined || policy === undefined) return [];
    const EventSourceArn = ownField(Properties, property);
    return [
      {
        name: functionId + event,
        resource: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { ...objectOf(Properties), FunctionName: { Ref: functionId }, EventSourceArn },
        },
        policy,
      },
    ];
  });
}
