import type { HistoryEvent } from '../../../history/events';
import type { ExecutionRequest } from '../../execution/execution';
import { ExecutionRun } from '../../execution/run';
import type { CompiledStateMachine, Visit } from '../../execution/state';
import { ChildExecutions, type Inputs, type Limits, type MapRunResult } from './child-executions';
import type { Results, UnstartedExecution } from './results';

/** The child executions of one visit to a distributed Map. */
export class MapRun {
  readonly arn: string;
  readonly #visit: Visit;
  readonly #machine: CompiledStateMachine;
  readonly #request: (input: string) => ExecutionRequest;

  constructor(
    visit: Visit,
    machine: CompiledStateMachine,
    type: 'STANDARD' | 'EXPRESS',
    label: string | undefined,
  ) {
    const { request, services, stateMachineName } = visit.thread.execution;
    const { uuid } = services;
    const runName = `${stateMachineName}/${label ?? uuid()}`;
    const arn = (kind: string): string => [...request.stateMachineArn.split(':').slice(0, 5), kind].join(':');
    this.#visit = visit;
    this.#machine = machine;
    this.arn = `${arn('mapRun')}:${runName}:${uuid()}`;
    this.#request = (input) => ({
      input,
      type,
      roleArn: request.roleArn,
      stateMachineArn: `${arn('stateMachine')}:${runName}`,
      executionArn:
        type === 'EXPRESS'
          ? `${arn('express')}:${runName}:${uuid()}:${uuid()}`
          : `${arn('execution')}:${runName}:${uuid()}`,
    });
  }

  /**
   * Runs a child execution for each input, until all have ended or too many have failed.
   * @throws what reading an input or writing a result throws
   */
  async runAll(inputs: Inputs, results: Results, limits: Limits): Promise<MapRunResult> {
    const { thread } = this.#visit;
    thread.mapRun = true;
    const ended = await thread.wait<MapRunResult | { readonly error: unknown }>((settle) => {
      const children = new ChildExecutions(inputs, results, limits, {
        clock: thread.execution.services.clock,
        start: (input) => this.#start(input),
        describe: (input) => this.#describe(input),
      });
      children.run().then(settle, (error) => settle({ error }));
      return () => children.stop();
    });
    thread.mapRun = false;
    if ('error' in ended) throw ended.error;
    return ended;
  }

  #describe(input: string): UnstartedExecution {
    const request = this.#request(input);
    return { request, name: request.executionArn.split(':').at(-1) ?? '' };
  }

  #start(input: string): ExecutionRun {
    const { services, tokens } = this.#visit.thread.execution;
    const { onEvent: _, onChildEvent, ...shared } = services;
    const request = this.#request(input);
    // The children's events are not part of this execution's history.
    const forwarding = onChildEvent && {
      onEvent: (event: HistoryEvent) => onChildEvent(request.executionArn, event),
      onChildEvent,
    };
    return new ExecutionRun(this.#machine, request, { ...shared, ...forwarding }, tokens);
  }
}
