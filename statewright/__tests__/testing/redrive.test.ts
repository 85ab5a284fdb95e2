/** Redrives of executions in tests. */
import { deployDefinition, functionArn, throws, type Workflow } from '../../src/testing';

const task = (name: string, next: object) => ({ Type: 'Task', Resource: functionArn(name), ...next });

/** Charges, and then ships. */
const order = {
  StartAt: 'Charge',
  States: { Charge: task('Charge', { Next: 'Ship' }), Ship: task('Ship', { End: true }) },
};

const each = (type: string) => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
        StartAt: 'Work',
        States: { Work: task('Work', { End: true }) },
      },
      End: true,
      MaxConcurrency: 1,
    },
  },
});

function failing(workflow: Workflow): void {
  workflow.replace('Charge', (input) => ({ charged: input }));
  workflow.replace('Ship', throws('Strike', 'no lorries'));
}

describe('redrive', () => {
  test('continues where the execution failed', async () => {
    const workflow = await deployDefinition(order);
    failing(workflow);
    const failed = await workflow.run(5);
    expect(failed).toHaveFailedWith('Strike');

    workflow.replace('Ship', (input) => ({ shipped: input }));
    const redriven = await failed.redrive();

    expect(redriven).toHaveSucceededWith({ shipped: { charged: 5 } });
    expect(redriven.executionArn).toBe(failed.executionArn);
    expect(redriven.visited).toEqual(['Charge', 'Ship']);
    expect(redriven.invocationsOf('Charge')).toHaveLength(1);
    expect(redriven.invocationsOf('Ship')).toHaveLength(2);
    expect(redriven.events.map(({ type }) => type)).toContain('ExecutionRedriven');
    expect(failed.status).toBe('FAILED');
    expect(failed.invocations).toHaveLength(2);
    expect(redriven.events.slice(0, failed.events.length)).toEqual(failed.events);
  });

  test('can fail and be done again', async () => {
    const workflow = await deployDefinition(order);
    failing(workflow);
    const failed = await workflow.run(5);
    const again = await failed.redrive();
    expect(again).toHaveFailedWith('Strike');
    await expect(failed.redrive()).rejects.toThrow('It was redriven before: redrive what that returned.');
    workflow.replace('Ship', () => 'shipped');
    const { status, invocations } = await again.redrive();
    expect([status, invocations.length]).toEqual(['SUCCEEDED', 4]);
  });

  test('is refused as AWS does', async () => {
    const workflow = await deployDefinition(order);
    failing(workflow);
    workflow.replace('Ship', () => 'shipped');
    const execution = await workflow.run(5);
    await expect(execution.redrive()).rejects.toThrow('Execution is SUCCEEDED and cannot be redriven');
    const express = await deployDefinition(order, { type: 'EXPRESS' });
    failing(express);
    const failed = await express.run(5);
    await expect(failed.redrive()).rejects.toThrow('An EXPRESS execution cannot be redriven.');
  });

  for (const type of ['STANDARD', 'EXPRESS']) {
    test(`keeps the results of ${type} child executions`, async () => {
      const workflow = await deployDefinition(each(type));
      let works = false;
      workflow.replace('Work', (input) => {
        if (input === 2 && !works) throw new Error('broken');
        return Number(input) * 10;
      });
      const failed = await workflow.run([1, 2, 3]);
      expect(failed).toHaveFailedWith('States.ExceedToleratedFailureThreshold');
      works = true;
      const redriven = await failed.redrive();
      expect(redriven).toHaveSucceededWith([10, 20, 30]);
      expect(redriven.invocationsOf('Work').map(({ input }) => input)).toEqual([1, 2, 2, 3]);
      expect(redriven.children).toHaveLength(3);
      await expect(redriven.children[0]?.redrive()).rejects.toThrow(
        'Redrive the execution that the test ran',
      );
    });
  }

  test('of an execution with child executions comes before the next run', async () => {
    const workflow = await deployDefinition(each('STANDARD'));
    workflow.replace('Work', throws('Broken'));
    const failed = await workflow.run([1, 2]);
    await workflow.run([1, 2]);
    await expect(failed.redrive()).rejects.toThrow('Redrive it before the workflow runs again');
  });
});
