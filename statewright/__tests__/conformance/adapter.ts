/**
 * Runs one recorded execution on the engine, for the scorer of the recordings: the state machine and its input are from
 * the recording, task calls return their recorded results, and waiting takes no time.
 */
import {
  compileStateMachine,
  type HistoryEvent,
  startExecution,
  type TaskCall,
  type TaskResult,
  VirtualClock,
} from '../../src/engine';

/** The result of a Task state's call. */
interface RecordedTask {
  readonly outcome: 'succeeded' | 'failed' | 'timedOut';
  /** The output as a JSON value. */
  readonly output?: unknown;
  readonly error?: string;
  readonly causeText?: string;
  readonly started: boolean;
}

export interface Recording {
  readonly definition: object;
  readonly inputText: string;
  readonly stateMachineType: 'STANDARD' | 'EXPRESS';
  readonly names: {
    readonly stateMachineArn: string;
    readonly executionArn: string;
    readonly roleArn: string;
  };
  readonly taskOutcomes: Readonly<Record<string, readonly RecordedTask[]>>;
}

export async function replay({
  definition,
  inputText,
  names,
  stateMachineType,
  taskOutcomes,
}: Recording): Promise<object> {
  const calls = new Map<string, number>();
  const invokeTask = (call: TaskCall): TaskResult => {
    const count = calls.get(call.stateName) ?? 0;
    calls.set(call.stateName, count + 1);
    return resultOf(taskOutcomes[call.stateName]?.[count]);
  };
  const request = { input: inputText, type: stateMachineType, ...names };
  const execution = startExecution(compileStateMachine(definition), request, {
    invokeTask,
    clock: new VirtualClock(),
    random: () => 0.5,
    uuid: uuids(),
  });
  const outcome = await execution.outcome;
  return { ...outcome, events: asRecorded(execution.events) };
}

/**
 * What differs by age in the recordings: the recorder wrote a placeholder for the input that a path error quotes, and
 * the context objects in task inputs are older than `RedriveCount` (November 2023).
 */
export function asRecorded(events: readonly HistoryEvent[]): HistoryEvent[] {
  const text = JSON.stringify(
    events.map((event) => (isSchedule(event) ? withoutRedriveCount(event) : event)),
  );
  return JSON.parse(
    text.replace(
      /(The JSONPath '[^']*' specified for the field '[^']*' could not be found in the input )'.*?'(?=")/g,
      "$1'<json-input>'",
    ),
  );
}

const isSchedule = ({ type }: HistoryEvent): boolean =>
  type === 'LambdaFunctionScheduled' || type === 'TaskScheduled';

const withoutRedriveCount = (event: HistoryEvent): HistoryEvent =>
  JSON.parse(JSON.stringify(event).replaceAll(',\\"RedriveCount\\":0', ''));

function resultOf(task: RecordedTask | undefined): TaskResult {
  if (!task) return { error: 'NotRecorded', cause: 'The recording has no result for this call.' };
  if (task.outcome === 'timedOut') return { output: 'null', takes: Number.POSITIVE_INFINITY };
  if (task.outcome === 'succeeded') return { output: JSON.stringify(task.output) };
  const { error = '', causeText } = task;
  return {
    error,
    ...(causeText === undefined ? {} : { cause: causeText }),
    stage: task.started ? 'run' : 'start',
  };
}

/** UUIDs that count up. */
function uuids(): () => string {
  let count = 0;
  return () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
}
