import { defineStateMachine } from 'statewright/asl';

export const order = (charge: string) =>
  defineStateMachine({
    StartAt: 'Charge',
    States: {
      Charge: {
        Type: 'Task',
        Resource: charge,
        Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 60 }],
        Catch: [{ ErrorEquals: ['CardDeclined'], Next: 'Declined' }],
        Next: 'Wait',
      },
      Wait: { Type: 'Wait', Seconds: 86400, End: true },
      Declined: { Type: 'Fail', Error: 'Declined', Cause: 'the card was declined' },
    },
  });
