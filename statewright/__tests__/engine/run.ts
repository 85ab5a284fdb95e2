import {
  type Clock,
  compileStateMachine,
  type Execution,
  type ExecutionOutcome,
  type HistoryEvent,
  type HistoryEventType,
  type ObjectStore,
  redriveExecution,
  startExecution,
  type TaskCall,
  type TaskInvoker,
  type TaskResult,
  VirtualClock,
} from '../../src/engine';
import { eventLine } from '../seed-cases';

export const LAMBDA = 'arn:aws:lambda:us-east-1:123456789012:function:';

export const NAMES = {
  stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:machine',
  executionArn: 'arn:aws:states:us-east-1:123456789012:execution:machine:run-1',
  roleArn: 'arn:aws:iam::123456789012:role/machine',
} as const;

/** The results of a Task state's calls: always the same, one after the other, or from a function. */
type Answer = TaskResult | readonly TaskResult[] | TaskInvoker;

export interface RunOptions {
  /** A value, or JSON text when the text itself matters. */
  readonly input?: unknown;
  readonly inputText?: string;
  /** By the state's name. */
  readonly tasks?: Readonly<Record<string, Answer>>;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly objects?: ObjectStore;
  readonly hasActivity?: (activityArn: string) => boolean;
  readonly onEvent?: (event: HistoryEvent) => void;
  /** The history of an ended execution, which is redriven. */
  readonly redrives?: readonly HistoryEvent[];
}

/** A state machine with one state. */
export const machineOf = (state: object, more: object = {}): object => ({
  StartAt: 'State',
  States: { State: state },
  ...more,
});

/** Starts an execution on a virtual clock. */
export function start(definition: object, options: RunOptions = {}): Execution {
  const { input = {}, inputText = JSON.stringify(input), type = 'STANDARD' } = options;
  const machine = compileStateMachine(definition);
  const request = { input: inputText, type, ...NAMES };
  const services = {
    clock: options.clock ?? new VirtualClock(),
    random: options.random ?? (() => 0.5),
    uuid: countingUuids(),
    invokeTask: answering(options.tasks ?? {}),
    ...(options.objects ? { objects: options.objects } : {}),
    ...(options.hasActivity ? { hasActivity: options.hasActivity } : {}),
    ...(options.onEvent ? { onEvent: options.onEvent } : {}),
  };
  return options.redrives
    ? redriveExecution(machine, request, services, options.redrives)
    : startExecution(machine, request, services);
}

export interface Run {
  readonly outcome: ExecutionOutcome;
  readonly events: readonly HistoryEvent[];
  /** Each event as `id<-previousEventId type state`. */
  readonly lines: readonly string[];
  /** The types of the events. */
  readonly types: readonly string[];
  /** The output as a value; throws when the execution failed. */
  readonly output: unknown;
}

/** Runs an execution to its end. */
export async function run(definition: object, options: RunOptions = {}): Promise<Run> {
  const execution = start(definition, options);
  const outcome = await execution.outcome;
  const { events } = execution;
  return {
    outcome,
    events,
    lines: events.map(eventLine),
    types: events.map(({ type }) => type),
    get output() {
      if (outcome.status !== 'SUCCEEDED')
        throw new Error(`${outcome.status}: ${outcome.error}: ${outcome.cause}`);
      return JSON.parse(outcome.output);
    },
  };
}

/** The events of one type. */
export function eventsOf<T extends HistoryEventType>(
  events: readonly HistoryEvent[],
  type: T,
): HistoryEvent<T>[] {
  return events.filter((event) => event.type === type) as unknown as HistoryEvent<T>[];
}

function answering(tasks: Readonly<Record<string, Answer>>): TaskInvoker {
  const calls = new Map<string, number>();
  return (call: TaskCall) => {
    const answer = tasks[call.stateName];
    if (answer === undefined) throw new Error(`No answer for ${call.stateName}`);
    if (typeof answer === 'function') return answer(call);
    if (!('length' in answer)) return answer;
    const count = calls.get(call.stateName) ?? 0;
    calls.set(call.stateName, count + 1);
    return answer[Math.min(count, answer.length - 1)] as TaskResult;
  };
}

function countingUuids(): () => string {
  let count = 0;
  return () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
}
