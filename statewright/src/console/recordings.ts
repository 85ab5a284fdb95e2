import type { WorkflowType } from '../asl/validation/place';
import { eventDetails } from '../history/event-details';
import type { HistoryEvent } from '../history/events';
import { executionPath } from '../history/execution-path';
import type { ConsoleSource, ExecutionDetails, ExecutionStatus, StateMachineDetails } from './source';

/** An execution of a file: it is not in the account. */
export interface RecordedExecution {
  readonly name: string;
  /** The name of its state machine. */
  readonly stateMachine: string;
  readonly type: WorkflowType;
  /** As JSON text. */
  readonly definition: string;
  readonly events: readonly HistoryEvent[];
}

/** Reads the executions of a file. @throws an error whose message is for people */
type ReadRecording = (fileName: string, text: string) => readonly RecordedExecution[];

interface Recorded {
  readonly machine: StateMachineDetails;
  readonly details: ExecutionDetails;
  readonly events: readonly HistoryEvent[];
}

/** Recorded executions, which the console shows as it shows those of the account. They are gone when it ends. */
export class Recordings {
  readonly #read: ReadRecording;
  /** By the ARN that they have here. */
  readonly #executions = new Map<string, Recorded>();

  constructor(read: ReadRecording) {
    this.#read = read;
  }

  /** A source with these executions in addition to its own. */
  in(source: ConsoleSource): ConsoleSource {
    const recorded = (arn: string) => this.#executions.get(arn);
    const machines = () =>
      new Map([...this.#executions.values()].map(({ machine }) => [machine.stateMachineArn, machine]));
    return {
      ...source,
      openHistory: (fileName, text) => this.add(source, this.#read(fileName, text)),
      listStateMachines: async () => [...(await source.listStateMachines()), ...machines().values()],
      describeStateMachine: (arn) => machines().get(arn) ?? source.describeStateMachine(arn),
      listExecutions: (arn, part) =>
        machines().has(arn)
          ? this.#of(arn, part.status).slice(part.skip, part.skip + part.limit)
          : source.listExecutions(arn, part),
      countExecutions: (arn, status) =>
        machines().has(arn) ? this.#of(arn, status).length : source.countExecutions(arn, status),
      describeExecution: (arn) => recorded(arn)?.details ?? source.describeExecution(arn),
      history: (arn) => recorded(arn)?.events ?? source.history(arn),
      payloads: (arn) => recorded(arn)?.details ?? source.payloads(arn),
      invocations: (arn, isWanted) => (recorded(arn) ? [] : source.invocations(arn, isWanted)),
      startExecution: (request) => {
        if (machines().has(request.stateMachineArn)) throw new NotHereError();
        return source.startExecution(request);
      },
    };
  }

  /** Newest first. */
  #of(stateMachineArn: string, status?: ExecutionStatus): ExecutionDetails[] {
    return [...this.#executions.values()]
      .filter(({ machine }) => machine.stateMachineArn === stateMachineArn)
      .map(({ details }) => details)
      .filter((details) => status === undefined || details.status === status)
      .sort((a, b) => Number(b.startDate) - Number(a.startDate));
  }

  /** Returns the ARN of the first execution. */
  add(
    { region, accountId }: Pick<ConsoleSource, 'region' | 'accountId'>,
    executions: readonly RecordedExecution[],
  ): string {
    const arns = executions.map((execution) => {
      const machineName = recordedName(execution.stateMachine);
      const arn = (kind: string) => `arn:aws:states:${region}:${accountId}:${kind}:${machineName}`;
      const name = this.#freeName(arn('execution'), execution.name.replaceAll(':', '/'));
      const executionArn = `${arn('execution')}:${name}`;
      this.#executions.set(executionArn, recordedAs(execution, { executionArn, name }, arn('stateMachine')));
      return executionArn;
    });
    return arns[0] as string;
  }

  #freeName(prefix: string, wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#executions.has(`${prefix}:${name}`); number++) name = `${wanted} (${number})`;
    return name;
  }
}

/** No state machine of an account can have such a name. A slash would name a Map's label. */
const recordedName = (name: string) => `${name.replaceAll('/', ' ')} (recorded)`;

/** A recorded execution cannot be started again: what it called is not here. */
class NotHereError extends Error {
  readonly code = 'StateMachineDoesNotExist';

  constructor() {
    super('This state machine is not in this account: its executions are from a file.');
  }
}

function recordedAs(
  { stateMachine, type, definition, events }: RecordedExecution,
  named: Pick<ExecutionDetails, 'executionArn' | 'name'>,
  stateMachineArn: string,
): Recorded {
  const { status, startedAt = 0, endedAt } = executionPath(events);
  const [first, last] = [events[0], events.at(-1)].map((event) => (event ? eventDetails(event) : {}));
  const { input = '{}', roleArn = '' } = first as { readonly input?: string; readonly roleArn?: string };
  const { output, error, cause } = last ?? {};
  const startDate = new Date(startedAt);
  return {
    machine: {
      stateMachineArn,
      name: recordedName(stateMachine),
      type,
      creationDate: startDate,
      definition,
      roleArn,
      isRecorded: true,
    },
    details: {
      ...named,
      status: status as ExecutionStatus,
      startDate,
      ...(endedAt !== undefined && { stopDate: new Date(endedAt) }),
      definition,
      input,
      ...(status === 'SUCCEEDED' && output !== undefined && { output }),
      ...(status !== 'RUNNING' && error !== undefined && { error }),
      ...(status !== 'RUNNING' && cause !== undefined && { cause }),
      isRecorded: true,
    },
    events,
  };
}
