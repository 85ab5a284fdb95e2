import type { ConsoleSource, ExecutionDetails, Problem, StateMachineDetails } from '../../src/console';
import type { Invocation } from '../../src/console/invocations';
import type { ExecutionStatus, ExecutionsPart, MapRunDetails } from '../../src/console/source';
import type { HistoryEvent } from '../../src/history/events';
import { caught, START, success } from '../history/histories';
import { errorHandling } from '../machines';

const ACCOUNT = '123456789012';
const machineArn = (name: string) => `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:${name}`;
const executionArn = (machine: string, name: string) =>
  `arn:aws:states:us-east-1:${ACCOUNT}:execution:${machine}:${name}`;

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: [
        `arn:aws:lambda:us-east-1:${ACCOUNT}:function:Test`,
        `arn:aws:lambda:us-east-1:${ACCOUNT}:function:Error`,
      ],
    },
    { Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' },
  ],
});

const trustPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'states.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
    },
  ],
});

const invocation = (
  functionName: string,
  scheduledEventId: number,
  at: number,
  lines: readonly string[],
): Invocation => {
  const requestId = `00000000-0000-4000-8000-${String(scheduledEventId).padStart(12, '0')}`;
  const logGroup = `/aws/lambda/${functionName}`;
  const events = [
    `START RequestId: ${requestId} Version: $LATEST`,
    ...lines.map((line) => `2026-01-02T00:00:00.016Z\t${requestId}\t${line}`),
    `END RequestId: ${requestId}`,
    `REPORT RequestId: ${requestId}\tDuration: 1.42 ms`,
  ].map((message, i) => ({
    logGroup,
    logStream: '2026/01/02/[$LATEST]0',
    timestamp: START + at + i,
    message: `${message}\n`,
  }));
  return { requestId, functionName, scheduledEventId, logGroup, events };
};

/** The invocations of the execution whose error is caught. */
const invocations = [
  invocation('Test', 3, 15, ['ERROR\tInvoke Error \t{"errorType":"TestError"}']),
  invocation('Error', 8, 60, ['INFO\tcalled error_handler {"Error":"TestError"}']),
];

interface Run extends ExecutionDetails {
  readonly events: HistoryEvent[];
}

/** An account in memory whose executions continue only on `advance`. */
export class StandInSource implements ConsoleSource {
  readonly accountId = ACCOUNT;
  readonly region = 'us-east-1';
  /** What the pages show at the top (default: they have no such banner). */
  problems?: () => readonly Problem[];
  readonly #machines: StateMachineDetails[] = [];
  readonly #runs = new Map<string, Run[]>();

  constructor() {
    this.addMachine('state', errorHandling);
    this.addRun('state', 'went-well', success, '{}');
    this.addRun('state', 'was-caught', caught, '{"fail": true}');
  }

  addMachine(name: string, definition: object): void {
    this.#machines.push({
      name,
      stateMachineArn: machineArn(name),
      type: 'STANDARD',
      creationDate: new Date(START),
      definition: JSON.stringify(definition),
      roleArn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
    });
  }

  /** Adds an execution with a history; if the history has no end, it runs until `advance` adds the rest. */
  addRun(machine: string, name: string, events: readonly HistoryEvent[], input: string): void {
    const run: Run = {
      name,
      executionArn: executionArn(machine, name),
      status: 'RUNNING',
      startDate: new Date(START),
      definition: this.#machines.find((candidate) => candidate.name === machine)?.definition ?? '',
      input,
      events: [],
    };
    this.#runs.set(machine, [run, ...(this.#runs.get(machine) ?? [])]);
    this.advance(machine, name, events);
  }

  advance(machine: string, name: string, events: readonly HistoryEvent[]): void {
    const runs = this.#runs.get(machine) ?? [];
    const run = runs.find((candidate) => candidate.name === name);
    if (!run) throw new Error(`no run ${name}`);
    const all = [...run.events, ...events];
    this.#runs.set(
      machine,
      runs.map((other) => (other === run ? { ...run, events: all, ...outcome(all.at(-1)) } : other)),
    );
  }

  listStateMachines() {
    return this.#machines;
  }

  describeStateMachine(stateMachineArn: string) {
    return this.#machines.find((machine) => machine.stateMachineArn === stateMachineArn);
  }

  describeRole(roleArn: string) {
    return {
      roleName: roleArn.split('/')[1] ?? '',
      trustPolicy,
      policies: [{ name: 'state', kind: 'inline' as const, document: policy }],
    };
  }

  listExecutions(parentArn: string, part: Partial<ExecutionsPart> = {}) {
    const { skip = 0, limit = Number.POSITIVE_INFINITY, status } = part;
    const isWanted = (run: ExecutionDetails) => status === undefined || run.status === status;
    return this.runsOf(parentArn)
      .filter(isWanted)
      .slice(skip, skip + limit);
  }

  countExecutions(parentArn: string, status?: ExecutionStatus) {
    return this.listExecutions(parentArn, status && { status }).length;
  }

  runsOf(parentArn: string): readonly ExecutionDetails[] {
    return this.#runs.get(parentArn.split(':')[6] ?? '') ?? [];
  }

  describeExecution(arn: string) {
    return [...this.#runs.values()].flat().find((run) => run.executionArn === arn);
  }

  describeMapRun(): MapRunDetails | undefined {
    return undefined;
  }

  payloads(arn: string) {
    return this.describeExecution(arn) ?? {};
  }

  history(arn: string) {
    return this.describeExecution(arn)?.events ?? [];
  }

  invocations(arn: string, isWanted: (id: number) => boolean = () => true): readonly Invocation[] {
    const made = this.history(arn).length > 10 ? invocations : [];
    return made.filter(({ scheduledEventId }) => isWanted(scheduledEventId));
  }

  /** Ends an execution as AWS does; its history stays. */
  stopExecution(arn: string) {
    const [, machine = '', name = ''] = /:execution:(.*):(.*)$/.exec(arn) ?? [];
    const aborted: Partial<Run> = { status: 'ABORTED', stopDate: new Date(START + 1_000) };
    const runs = this.#runs.get(machine) ?? [];
    this.#runs.set(
      machine,
      runs.map((run) => (run.name === name ? { ...run, ...aborted } : run)),
    );
  }

  /** Starts an execution that stays at its first event; rejects a name that exists, as AWS does. */
  startExecution(request: {
    readonly stateMachineArn: string;
    readonly input: string;
    readonly name?: string;
  }) {
    const machine = request.stateMachineArn.split(':')[6] ?? '';
    const { name = 'made-up' } = request;
    const arn = executionArn(machine, name);
    if (this.describeExecution(arn)) {
      throw Object.assign(new Error(`Execution Already Exists: '${arn}'`), {
        code: 'ExecutionAlreadyExists',
      });
    }
    this.addRun(machine, name, caught.slice(0, 4), request.input);
    return { executionArn: arn };
  }
}

function outcome(last: HistoryEvent | undefined): Partial<ExecutionDetails> {
  if (last?.type === 'ExecutionSucceeded') {
    const { output } = last.executionSucceededEventDetails;
    return { status: 'SUCCEEDED', stopDate: new Date(last.timestamp), output };
  }
  if (last?.type === 'ExecutionFailed') {
    return { status: 'FAILED', stopDate: new Date(last.timestamp), ...last.executionFailedEventDetails };
  }
  return {};
}
