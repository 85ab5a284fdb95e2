/** The engines under measurement, with one interface: run one execution and return its whole history. */
import { StateMachine } from 'aws-local-stepfunctions';
import type * as Compiled from '../src/engine';
import type { Scenario } from './machines';

const { compileStateMachine, startExecution, VirtualClock } = require('../dist/engine') as typeof Compiled;

/** The peer is made for Node 22: on Node 20 each of its tasks fails without this. */
Promise.withResolvers ??= () => {
  let resolve: (value: never) => void = () => {};
  let reject: (reason?: unknown) => void = () => {};
  const promise = new Promise<never>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  return { promise, resolve, reject } as never;
};

/** A compiled state machine; each call runs one execution and returns its events. */
export type Run = () => Promise<readonly unknown[]>;

export interface Engine {
  readonly name: string;
  prepare(scenario: Scenario): Run;
}

const execution = 'arn:aws:states:us-east-1:123456789012:execution:bench:run';
const stateMachine = 'arn:aws:states:us-east-1:123456789012:stateMachine:bench';

export const ours: Engine = {
  name: 'this engine',
  prepare({ definition, input, tasks }) {
    const machine = compileStateMachine(definition);
    const text = JSON.stringify(input);
    return async () => {
      const running = startExecution(
        machine,
        {
          input: text,
          executionArn: execution,
          stateMachineArn: stateMachine,
          roleArn: 'arn:aws:iam::123456789012:role/bench',
        },
        {
          clock: new VirtualClock(),
          random: Math.random,
          uuid: () => crypto.randomUUID(),
          invokeTask: ({ stateName, input }) => {
            try {
              return { output: JSON.stringify(tasks[stateName]?.(JSON.parse(input)) ?? null) };
            } catch (error) {
              return { error: (error as Error).name, cause: (error as Error).message };
            }
          },
        },
      );
      await running.outcome;
      return running.events;
    };
  },
};

export const peer: Engine = {
  name: 'aws-local-stepfunctions',
  prepare({ definition, input, tasks, retried }) {
    const machine = new StateMachine(definition as never);
    const overrides = {
      taskResourceLocalHandlers: tasks as never,
      retryIntervalOverrides: Object.fromEntries(retried.map((state) => [state, 0])),
    };
    return async () => {
      const running = machine.run(input as never, { overrides });
      running.result.catch(() => {});
      const events: unknown[] = [];
      for await (const event of running.eventLogs) events.push(event);
      return events;
    };
  },
};
