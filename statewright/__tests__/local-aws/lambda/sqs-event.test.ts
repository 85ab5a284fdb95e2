import { compileEventPattern } from '../../../src/local-aws/events/event-pattern';
import type { EventSourceMapping } from '../../../src/local-aws/lambda/event-source-mapping';
import { failedMessages, isWanted, sqsRecord } from '../../../src/local-aws/lambda/sqs-event';

const mapping = { EventSourceArn: 'arn:aws:sqs:eu-west-1:123456789012:q' } as EventSourceMapping;
const record = (MessageId: string, Body = 'text') =>
  sqsRecord({ MessageId, ReceiptHandle: 'r', Body }, mapping);

test.each([
  ['no failures', '{"batchItemFailures":[]}', []],
  ['null', 'null', []],
  ['an empty object', '{}', []],
  ['an empty text', '""', []],
  ['a failure', '{"batchItemFailures":[{"itemIdentifier":"b"}]}', ['b']],
  ['an unknown message', '{"batchItemFailures":[{"itemIdentifier":"z"}]}', ['a', 'b']],
  ['an empty identifier', '{"batchItemFailures":[{"itemIdentifier":""}]}', ['a', 'b']],
  ['another member', '{"batchItemFailures":[{"id":"a"}]}', ['a', 'b']],
  ['another value', '"done"', ['a', 'b']],
])('a response with %s', (_, payload, failed) => {
  expect([...failedMessages([record('a'), record('b')], payload)]).toEqual(failed);
});

test.each([
  ['a JSON body', '{"body":{"a":[1]}}', '{"a":1}', true],
  ['a body of text, for a filter of JSON', '{"body":{"a":[1]}}', 'text', false],
  ['a body of text', '{"body":["text"]}', 'text', true],
  ['a JSON body, for a filter of text', '{"body":["text"]}', '{"a":1}', false],
  ['other fields', '{"messageId":["a"]}', 'text', true],
])('a filter of %s', (_, pattern, body, wanted) => {
  expect(isWanted(record('a', body), [compileEventPattern(pattern)])).toBe(wanted);
});
