/** Definitions that the kit's tests deploy. */
import { functionArn } from '../../src/testing';

/** Charges a card, retries once when busy, and notifies the customer when the card is declined. */
export const payment = {
  StartAt: 'Charge',
  States: {
    Charge: {
      Type: 'Task',
      Resource: functionArn('Charge'),
      TimeoutSeconds: 30,
      Retry: [
        { ErrorEquals: ['Busy'], IntervalSeconds: 10, MaxAttempts: 1 },
        { ErrorEquals: ['States.Timeout'], IntervalSeconds: 60, MaxAttempts: 1 },
      ],
      Catch: [
        { ErrorEquals: ['Declined'], Next: 'Tell' },
        { ErrorEquals: ['States.ALL'], Next: 'GiveUp' },
      ],
      Next: 'Paid',
    },
    Tell: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage',
      Parameters: { QueueUrl: 'customers', 'MessageBody.$': '$.Error' },
      End: true,
    },
    Paid: { Type: 'Pass', End: true },
    GiveUp: { Type: 'Fail', Error: 'GaveUp', Cause: 'not paid' },
  },
};

/** A single Task, with further fields. */
export const task = (Resource: string, more: object = {}) => ({
  StartAt: 'Call',
  States: { Call: { Type: 'Task', Resource, ...more, End: true } },
});
