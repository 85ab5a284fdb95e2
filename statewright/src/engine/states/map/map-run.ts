import type { HistoryEvent } from '../../../history/events';
import { type Json, Payload } from '../../data';
import type { ExecutionRequest } from '../../execution/execution';
import { executionName } from '../../execution/execution-name';
import type { EarlierChild, KeptMapRun, MapRunLimits, MapRunStart } from '../../execution/map-runs';
import { ExecutionRun } from '../../execution/run';
import type { CompiledStateMachine, Visit } from '../../execution/state';
import { ChildExecutions, type Inputs, type MapRunResult } from './child-executions';
import type { ChildExecution, Results, UnstartedExecution } from './results';

/** The Map that a Map Run belongs to. */
export interface MapRunOptions {
  /** Runs each child execution. */
  readonly machine: CompiledStateMachine;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly label: string | undefined;
  /** Whether the input of a child execution is a batch of items. */
  readonly batches: boolean;
  readonly writesResults: boolean;
}

/** The child executions of one visit to a distributed Map. */
export class MapRun {
  readonly arn: string;
  /** How often it has been redriven: once more than before where a redrive continues it. */
  readonly redriveCount: number;
  readonly #visit: Visit;
  readonly #options: MapRunOptions;
  readonly #request: (input: string) => ExecutionRequest;
  #kept: KeptMapRun | undefined;

  /** @param earlier the Map Run that a redrive continues */
  constructor(
    visit: Visit,
    options: MapRunOptions,
    earlier?: { readonly arn: string; readonly redrives: number },
  ) {
    const { request, services, stateMachineName } = visit.thread.execution;
    const { uuid } = services;
    const { type, label } = options;
    const runName = earlier?.arn.split(':')[6] ?? `${stateMachineName}/${label ?? uuid()}`;
    const arn = (kind: string): string => [...request.stateMachineArn.split(':').slice(0, 5), kind].join(':');
    this.#visit = visit;
    this.#options = options;
    this.arn = earlier?.arn ?? `${arn('mapRun')}:${runName}:${uuid()}`;
    this.redriveCount = earlier ? earlier.redrives + 1 : 0;
    const { roleArn } = request;
    const stateMachineArn = `${arn('stateMachine')}:${runName}`;
    const executions = `${arn(type === 'EXPRESS' ? 'express' : 'execution')}:${runName}`;
    this.#request = (input) => ({
      input,
      type,
      roleArn,
      stateMachineArn,
      executionArn: `${executions}:${uuid()}${type === 'EXPRESS' ? `:${uuid()}` : ''}`,
    });
  }

  /**
   * Runs a child execution for each input, until all have ended or too many have failed.
   * @throws what reading an input or writing a result throws
   */
  async runAll(inputs: Inputs, results: Results, limits: MapRunLimits): Promise<MapRunResult> {
    const { thread } = this.#visit;
    thread.mapRun = true;
    const ended = await thread.wait<MapRunResult | { readonly error: unknown }>((settle) => {
      const children = new ChildExecutions(inputs, results, limits, {
        clock: thread.execution.services.clock,
        start: (input, index) => this.#start(input, index),
        stop: (child) => this.#stop(child),
        describe: (input) => this.#describe(input),
      });
      this.#kept = thread.execution.services.mapRuns?.begin(this.#description(inputs, limits), (changed) => {
        children.limits = changed;
      });
      children.run().then(
        (result) => {
          this.#kept?.end('failure' in result ? 'FAILED' : 'SUCCEEDED');
          settle(result);
        },
        (error) => {
          this.#kept?.end('FAILED');
          settle({ error });
        },
      );
      return () => {
        this.#kept?.end('ABORTED');
        children.stop();
      };
    });
    thread.mapRun = false;
    if ('error' in ended) throw ended.error;
    return ended;
  }

  #description(inputs: Inputs, limits: MapRunLimits): MapRunStart {
    const { thread, state } = this.#visit;
    const { stateMachineArn } = this.#request('');
    return {
      mapRunArn: this.arn,
      executionArn: thread.execution.request.executionArn,
      stateMachineArn,
      stateName: state.name,
      limits,
      writesResults: this.#options.writesResults,
      total: Array.isArray(inputs)
        ? { executions: inputs.length, items: inputs.reduce((sum, input) => sum + this.#items(input), 0) }
        : undefined,
      redriveCount: this.redriveCount,
    };
  }

  #items(input: Json): number {
    return this.#options.batches ? (input as { readonly Items: readonly Json[] }).Items.length : 1;
  }

  #describe(input: Json): UnstartedExecution {
    this.#kept?.unstarted(this.#items(input));
    const request = this.#request(Payload.ofValue(input).text);
    return { request, name: request.executionArn.split(':').at(-1) ?? '' };
  }

  #start(input: Json, index: number): ExecutionRun | ChildExecution {
    const earlier = this.redriveCount === 0 ? undefined : this.#kept?.earlier(index);
    if (earlier && earlier.history === undefined) return ended(earlier);
    const request = earlier?.request ?? this.#request(Payload.ofValue(input).text);
    const kept = this.#kept?.start(request, index, this.#items(input));
    const { services, tokens } = this.#visit.thread.execution;
    // The children's events are not part of this execution's history.
    const onEvent = (event: HistoryEvent) => {
      kept?.onEvent(event);
      services.onChildEvent?.(request.executionArn, event);
    };
    const history = earlier?.history?.length === 0 ? undefined : earlier?.history;
    const child = new ExecutionRun(
      this.#options.machine,
      request,
      { ...services, onEvent, keepEvents: false },
      tokens,
      history,
    );
    kept?.running(child);
    return child;
  }

  #stop(child: ExecutionRun): void {
    child.stop({
      cause: `The map run execution [${this.arn}] which was managing this resource was aborted`,
    });
  }
}

/** A child execution that is not redriven. */
function ended({ history: _, ...child }: EarlierChild): ChildExecution {
  return { ...child, name: executionName(child.request.executionArn) };
}
