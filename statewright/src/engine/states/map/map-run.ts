import type { HistoryEvent } from '../../../history/events';
import { type Json, type JsonArray, Payload } from '../../data';
import type { ExecutionRequest } from '../../execution/execution';
import type { Failure } from '../../execution/failure';
import { ExecutionRun } from '../../execution/run';
import type { CompiledStateMachine, Visit } from '../../execution/state';
import type { Tolerance } from './numbers';
import type { ChildExecution } from './results';

const THRESHOLD_EXCEEDED: Failure = {
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};

/** The result of a Map Run: its executions in the order of the items, or too many failures. */
type MapRunResult = { readonly children: readonly ChildExecution[] } | { readonly failure: Failure };

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

  /** Runs a child execution for each input, until all have ended or too many have failed. */
  runAll(inputs: JsonArray, concurrency: number, exceeded: Tolerance): Promise<MapRunResult> {
    const { thread } = this.#visit;
    const { clock } = thread.execution.services;
    const children: ChildExecution[] = new Array(inputs.length);
    const running = new Set<ExecutionRun>();
    let next = 0;
    let failed = 0;
    let over = false;
    thread.mapRun = true;
    return thread.wait((settle) => {
      const stopAll = (): void => {
        over = true;
        for (const child of running) child.stop();
      };
      const end = (result: MapRunResult): void => {
        stopAll();
        thread.mapRun = false;
        settle(result);
      };
      const work = async (): Promise<void> => {
        while (next < inputs.length) {
          const pause = clock.nextTurn?.();
          if (pause) await pause;
          if (over || next >= inputs.length) break;
          const index = next++;
          const child = this.#start(Payload.ofValue(inputs[index] as Json).text);
          running.add(child);
          const outcome = await child.outcome;
          running.delete(child);
          if (over) return;
          const { request, name, startTime } = child.context;
          children[index] = { request, name, startTime, stopTime: clock.now(), outcome };
          if (outcome.status !== 'SUCCEEDED' && exceeded(++failed, inputs.length)) {
            end({ failure: THRESHOLD_EXCEEDED });
            return;
          }
        }
        if (!over && running.size === 0) end({ children });
      };
      const workers = Math.max(1, Math.min(concurrency, inputs.length));
      for (let worker = 0; worker < workers; worker++) void work();
      return stopAll;
    });
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
