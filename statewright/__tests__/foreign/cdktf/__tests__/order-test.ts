import { Testing } from 'cdktf';
import 'cdktf/lib/testing/adapters/jest';
import { deployStack, returns, type Workflow } from 'statewright/testing';
import { OrderStack } from '../stack';

let workflow: Workflow;

beforeAll(async () => {
  workflow = await deployStack(Testing.fullSynth(new OrderStack(Testing.app(), 'orders')));
  workflow.replace('sqs:sendMessage', returns({ MessageId: 'm-1' }));
});

test('an order is charged by the real function, and the queue gets a message', async () => {
  const execution = await workflow.run({ id: 'o-1', amount: 5 });

  expect(execution).toHaveSucceededWith({ id: 'o-1', charged: 5, message: { MessageId: 'm-1' } });
  expect(execution).toHaveInvoked('sqs:sendMessage', {
    times: 1,
    with: expect.objectContaining({ MessageBody: { id: 'o-1', charged: 5 } }),
  });
  expect(execution.logs.map(({ message }) => message).join()).toContain('charged o-1');
});

test('an order that the card does not pay for fails', async () => {
  const execution = await workflow.run({ id: 'o-2', amount: 500 });

  expect(execution).toHaveFailedWith('Declined', /card/);
  expect(execution).not.toHaveVisited('Tell');
});
