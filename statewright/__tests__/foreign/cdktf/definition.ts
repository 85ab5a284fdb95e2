import { defineStateMachine } from 'statewright';

export function definition({ charge, queueUrl }: { readonly charge: string; readonly queueUrl: string }) {
  return defineStateMachine({
    StartAt: 'Charge',
    States: {
      Charge: {
        Type: 'Task',
        Resource: charge,
        Catch: [{ ErrorEquals: ['CardDeclined'], Next: 'Declined' }],
        Next: 'Tell',
      },
      Tell: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage',
        Parameters: { QueueUrl: queueUrl, 'MessageBody.$': '$' },
        ResultPath: '$.message',
        End: true,
      },
      Declined: { Type: 'Fail', Error: 'Declined', Cause: 'the card was declined' },
    },
  });
}
