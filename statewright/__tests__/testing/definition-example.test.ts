import {
  deployDefinition,
  functionArn,
  never,
  returns,
  takes,
  throws,
  type Workflow,
} from 'statewright/testing';

const DAY = 24 * 60 * 60 * 1000;

const order = {
  StartAt: 'Reserve',
  States: {
    Reserve: {
      Type: 'Task',
      Resource: 'arn:aws:states:::dynamodb:updateItem',
      Parameters: { TableName: 'stock', Key: { id: { 'S.$': '$.id' } } },
      ResultPath: null,
      Next: 'Approve',
    },
    Approve: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'approvals', MessageBody: { 'token.$': '$$.Task.Token', 'id.$': '$.id' } },
      TimeoutSeconds: 3 * 24 * 60 * 60,
      ResultPath: '$.approval',
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Expired' }],
      Next: 'Ship',
    },
    Ship: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemProcessor: {
        StartAt: 'Pack',
        States: { Pack: { Type: 'Task', Resource: functionArn('Pack'), End: true } },
      },
      End: true,
    },
    Expired: { Type: 'Fail', Error: 'Expired', Cause: 'not approved in time' },
  },
};

let workflow: Workflow;

beforeEach(async () => {
  workflow = await deployDefinition(order, { name: 'order' });
  workflow
    .replace('dynamodb:*', returns({}))
    .replace('Approve', takes(2 * DAY, returns({ by: 'Ada' })))
    .replace('Pack', (item: string) => `packed ${item}`);
});

test('an approved order is shipped, two days later', async () => {
  const execution = await workflow.run({ id: 'o-1', items: ['pen', 'ink'] });

  expect(execution).toHaveSucceededWith(['packed pen', 'packed ink']);
  expect(execution.duration).toBe(2 * DAY);
  expect(execution.visitsOf('Ship')[0]?.input).toMatchObject({ approval: { by: 'Ada' } });
  expect(execution).toHaveInvoked('dynamodb:updateItem', {
    with: { TableName: 'stock', Key: { id: { S: 'o-1' } } },
  });
});

test('an order without an approval expires', async () => {
  workflow.replace('Approve', never());

  const execution = await workflow.run({ id: 'o-1', items: [] });

  expect(execution).toHaveFailedWith('Expired', 'not approved in time');
  expect(execution).not.toHaveVisited('Ship');
});

test('the second of two orders at once does not get the last piece', async () => {
  let left = 1;
  workflow.replace('Reserve', () => {
    if (left-- > 0) return {};
    throw Object.assign(new Error('none left'), { name: 'DynamoDB.ConditionalCheckFailedException' });
  });

  const [first, second] = await Promise.all([
    workflow.run({ id: 'o-1', items: ['pen'] }),
    workflow.run({ id: 'o-2', items: ['pen'] }),
  ]);

  expect(first).toHaveSucceededWith(['packed pen']);
  expect(second).toHaveFailedWith('DynamoDB.ConditionalCheckFailedException', 'none left');
});

test('when the queue is gone, the order fails', async () => {
  workflow.replace('Approve', throws('SQS.QueueDoesNotExist'));

  expect(await workflow.run({ id: 'o-1', items: [] })).toHaveFailedWith('SQS.QueueDoesNotExist');
});
