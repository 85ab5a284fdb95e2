import { type Json, parseJson } from '../../engine/data';
import type { EventPattern } from '../events/event-pattern';
import type { EventSourceMapping } from './event-source-mapping';

/** A message as the AWS SDK returns it. */
export interface SqsMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody?: string;
  readonly MD5OfMessageAttributes?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, SqsAttribute>>;
}

interface SqsAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

/** A message as a function's event has it (Lambda Developer Guide, "Using Lambda with Amazon SQS"). */
export function sqsRecord(message: SqsMessage, { EventSourceArn }: EventSourceMapping) {
  const { MD5OfMessageAttributes } = message;
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) => [
        name,
        {
          ...(attribute.StringValue !== undefined && { stringValue: attribute.StringValue }),
          ...(attribute.BinaryValue && {
            binaryValue: Buffer.from(attribute.BinaryValue).toString('base64'),
          }),
          stringListValues: [],
          binaryListValues: [],
          dataType: attribute.DataType,
        },
      ]),
    ),
    ...(MD5OfMessageAttributes !== undefined && { md5OfMessageAttributes: MD5OfMessageAttributes }),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: EventSourceArn,
    awsRegion: EventSourceArn.split(':')[3],
  };
}

export type SqsRecord = ReturnType<typeof sqsRecord>;

/** Whether one of the filters wants a record; without filters, every record is wanted. A JSON body is read as JSON. */
export function isWanted(record: SqsRecord, filters: readonly EventPattern[]): boolean {
  if (filters.length === 0) return true;
  const read = { ...(record as unknown as Record<string, Json>), body: bodyOf(record.body) };
  return filters.some((matches) => matches(read));
}

function bodyOf(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

/**
 * The messages of a batch that the function has not processed, from its response with `ReportBatchItemFailures`: an empty
 * response is a success, an invalid one a failure of all (Lambda Developer Guide, "Implementing partial batch responses").
 */
export function failedMessages(records: readonly SqsRecord[], payload: string): ReadonlySet<string> {
  const all = new Set(records.map(({ messageId }) => messageId));
  const answer = bodyOf(payload) as { readonly batchItemFailures?: unknown } | null;
  const failures = answer?.batchItemFailures ?? [];
  if (answer === null || typeof answer !== 'object' || !Array.isArray(failures)) {
    return answer === null || payload === '""' ? new Set() : all;
  }
  const ids = failures.map((failure) => (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier);
  if (ids.some((id) => typeof id !== 'string' || !all.has(id))) return all;
  return new Set(ids as string[]);
}
