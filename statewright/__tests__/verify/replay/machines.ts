import { functionArn, never, type Replacement, returns, sequence, takes, throws } from '../../../src/testing';

/** A state machine whose histories are in the folder `histories`, with what answered its calls when they were written. */
export interface RecordedMachine {
  readonly definition: object;
  readonly input: unknown;
  readonly standIns: Readonly<Record<string, Replacement>>;
}

const task = (name: string, more: object = { End: true }) => ({
  Type: 'Task',
  Resource: functionArn(name),
  ...more,
});
const only = (state: object, others: object = {}) => ({
  StartAt: 'Work',
  States: { Work: state, ...others },
});
const callback = (more: object) =>
  only({
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Parameters: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/1/q', 'MessageBody.$': '$$.Task.Token' },
    End: true,
    ...more,
  });

export const machines: Readonly<Record<string, RecordedMachine>> = {
  'caught error': {
    definition: only(task('work', { Catch: [{ ErrorEquals: ['Boom'], Next: 'Recover' }], Next: 'Done' }), {
      Recover: task('recover', { Next: 'Done' }),
      Done: { Type: 'Succeed' },
    }),
    input: { id: 1 },
    standIns: { work: throws('Boom', 'no luck'), recover: returns({ recovered: true }) },
  },
  retries: {
    definition: only(task('work', { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }], End: true })),
    input: {},
    standIns: { work: sequence(throws('Once'), throws('Twice'), takes(40, returns(3))) },
  },
  timeout: {
    definition: only(
      task('work', {
        TimeoutSeconds: 5,
        Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }],
        End: true,
      }),
      {
        Late: { Type: 'Pass', Result: 'late', End: true },
      },
    ),
    input: {},
    standIns: { work: never() },
  },
  'lambda invoke': {
    definition: only({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: {
        FunctionName: 'work',
        Payload: { 'started.$': '$$.Execution.StartTime', 'id.$': 'States.UUID()' },
      },
      ResultSelector: { 'result.$': '$.Payload' },
      End: true,
    }),
    input: {},
    standIns: { work: takes(120, returns({ ok: true })) },
  },
  'task token': {
    definition: callback({}),
    input: {},
    standIns: { Work: takes(90_000, returns({ approved: true })) },
  },
  heartbeats: {
    definition: callback({ HeartbeatSeconds: 10 }),
    input: {},
    standIns: { Work: takes(60_000, returns({ approved: true }), { heartbeat: 5_000 }) },
  },
  'missed heartbeat': {
    definition: callback({
      HeartbeatSeconds: 10,
      TimeoutSeconds: 600,
      Retry: [{ ErrorEquals: ['States.HeartbeatTimeout'], MaxAttempts: 1 }],
    }),
    input: {},
    standIns: { Work: sequence(never(), takes(12_000, returns('late'), { heartbeat: 4_000 })) },
  },
  job: {
    definition: only({
      Type: 'Task',
      Resource: 'arn:aws:states:::glue:startJobRun.sync',
      Parameters: { JobName: 'nightly' },
      End: true,
    }),
    input: {},
    standIns: { Work: takes(3_600_000, returns({ JobRunState: 'SUCCEEDED' })) },
  },
  activity: {
    definition: only({
      Type: 'Task',
      Resource: 'arn:aws:states:us-east-1:000000000000:activity:approve',
      End: true,
    }),
    input: {},
    standIns: { Work: takes(5_000, returns('approved')) },
  },
  'parallel branches': {
    definition: only({
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Slow', States: { Slow: task('slow', { Next: 'Slow2' }), Slow2: task('slow') } },
        {
          StartAt: 'Pause',
          States: { Pause: { Type: 'Wait', Seconds: 2, Next: 'Quick' }, Quick: task('quick') },
        },
      ],
      End: true,
    }),
    input: [1],
    standIns: { slow: takes(3_000, returns('slow')), quick: takes(100, returns('quick')) },
  },
  'failed branch': {
    definition: only(
      {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'Slow', States: { Slow: task('slow') } },
          { StartAt: 'Breaks', States: { Breaks: task('breaks') } },
        ],
        Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Recover' }],
        End: true,
      },
      { Recover: { Type: 'Pass', End: true } },
    ),
    input: {},
    standIns: { slow: takes(3_000, returns('slow')), breaks: takes(500, throws('Boom', 'broken')) },
  },
  'items of a Map': {
    definition: only({
      Type: 'Map',
      MaxConcurrency: 2,
      ItemProcessor: {
        StartAt: 'Item',
        States: { Item: task('item', { Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }], End: true }) },
      },
      End: true,
    }),
    input: ['a', 'b', 'c'],
    standIns: {
      item: sequence(
        takes(300, returns('first')),
        takes(100, throws('Busy')),
        takes(50, returns('third')),
        takes(10, returns('again')),
      ),
    },
  },
  'distributed Map': {
    definition: only({
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Item',
        States: { Item: task('item') },
      },
      End: true,
    }),
    input: [{ n: 1 }, { n: 2 }],
    standIns: { item: sequence(returns('one'), returns('two')) },
  },
  loop: {
    definition: {
      QueryLanguage: 'JSONata',
      StartAt: 'Poll',
      States: {
        Poll: {
          Type: 'Task',
          Resource: functionArn('poll'),
          Assign: { state: '{% $states.result %}' },
          Next: 'Ready',
        },
        Ready: {
          Type: 'Choice',
          Choices: [{ Condition: "{% $state = 'done' %}", Next: 'Done' }],
          Default: 'Pause',
        },
        Pause: { Type: 'Wait', Seconds: 30, Next: 'Poll' },
        Done: { Type: 'Succeed' },
      },
    },
    input: {},
    standIns: { poll: sequence(returns('busy'), returns('busy'), returns('done')) },
  },
  failure: {
    definition: only({ Type: 'Pass', InputPath: '$.missing', End: true }),
    input: {},
    standIns: {},
  },
};
