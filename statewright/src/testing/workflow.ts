import type { WorkflowType } from '../asl/validation/place';
import type { HistoryEvent } from '../engine';
import { executionPath } from '../history/execution-path';
import { deepJson } from '../json-fault';
import type { Account } from '../local-aws/account';
import type { RegionalServices } from '../local-aws/regional-services';
import { UserError } from '../user-error';
import { type Answer, answerOf, type Replacement } from './answers';
import type { TestBucket, TestBuckets } from './buckets';
import type { Call } from './call';
import { atCallSite } from './call-site';
import { LambdaLogs, lambdaFunctions } from './lambda-logs';
import { readMockConfig } from './mock-config';
import { checkOptions } from './options';
import { Run, type Runs } from './run';
import type { SeededRandom } from './seeded';
import type { StandIns } from './stand-ins';
import { CoverageRecorder } from './state-coverage/recorder';
import { type CallTarget, Names } from './targets';
import type { TestClock } from './test-clock';
import { type EndedExecution, type LogLine, RedriveError, TestExecution } from './test-execution';

/** An execution that waits for an answer that never comes. */
export class StuckExecutionError extends UserError {
  override readonly name = 'StuckExecutionError';
}

/** A call to a closed workflow. */
export class ClosedWorkflowError extends UserError {
  override readonly name = 'ClosedWorkflowError';

  constructor() {
    super('The workflow was closed. Deploy it again, or close it later.');
  }
}

/** An input that is not a JSON value. */
export class InputError extends UserError {
  override readonly name = 'InputError';
}

/** A state machine in an account, and the account's simulation. */
interface Deployed {
  readonly account: Account;
  /** The services of the state machine's region. */
  readonly services: RegionalServices;
  readonly stateMachineArn: string;
  readonly clock: TestClock;
  readonly random: SeededRandom;
  readonly runs: Runs;
  readonly standIns: StandIns;
  readonly buckets: TestBuckets;
}

/** A state machine in its own local account, to run in tests. */
export class Workflow {
  /** The name of the state machine. */
  readonly name: string;
  readonly stateMachineArn: string;
  /** The account of the state machine, for anything else that a test needs. */
  readonly account: Account;
  /** The definition in the Amazon States Language. */
  readonly definition: object;
  readonly type: WorkflowType;
  readonly #deployed: Deployed;
  readonly #names: Names;
  readonly #billing: EndedExecution['billing'];
  readonly #coverage: CoverageRecorder;
  readonly #logs: LambdaLogs;
  /** Each removes a replacement of the test case in use. */
  #testCase: (() => void)[] = [];
  #started = 0;
  #closed = false;

  constructor(deployed: Deployed) {
    const { account, services, stateMachineArn, clock, runs } = deployed;
    const { name, type, definition } = services.states.describeStateMachine({ stateMachineArn });
    this.name = name;
    this.stateMachineArn = stateMachineArn;
    this.account = account;
    this.#deployed = deployed;
    this.type = type;
    const parsed = JSON.parse(definition) as object;
    this.definition = parsed;
    this.#logs = new LambdaLogs(services);
    const lambdas = lambdaFunctions(services);
    this.#billing = {
      definitionSize: Buffer.byteLength(definition),
      functionMemory: Object.fromEntries(lambdas.map((lambda) => [lambda.name, lambda.memorySize])),
    };
    this.#names = new Names(
      parsed,
      lambdas.map((lambda) => lambda.name),
      otherDefinitions(services, stateMachineArn),
    );
    this.#coverage = new CoverageRecorder(name, parsed);
    services.states.listen((...told) => runs.tell(...told));
    clock.whenIdle(() => {
      for (const run of runs) run.fail(stuckError(run));
    });
  }

  /**
   * Replaces what Tasks call with an answer: one Task by its state's name, a Lambda function by its name, or a
   * resource such as `sqs:sendMessage`. A state's answer comes before a function's, a later one before an earlier one.
   *
   * @throws UnknownNameError, AmbiguousNameError, AnswerError
   */
  replace(target: CallTarget, replacement: Replacement): this {
    return atCallSite(this.replace, () => {
      this.#deployed.standIns.replace(this.#names.resolve(target), answerOf(replacement, this.replace));
      return this;
    });
  }

  /**
   * Replaces what the Tasks of a test case call with the mocked responses of a mock configuration file, in place of those
   * of an earlier test case.
   *
   * @param file the `MockConfigFile.json` of Step Functions Local
   * @param options `stateMachine`: the state machine's name in the file (default: its own name)
   * @throws MockConfigError, UnknownOptionError
   */
  useTestCase(file: string, name: string, options: { readonly stateMachine?: string } = {}): this {
    return atCallSite(this.useTestCase, () => {
      checkOptions('useTestCase', options, { stateMachine: true });
      const stateMachine = options.stateMachine ?? this.name;
      const testCase = readMockConfig(file).testCase(stateMachine, name, this.#names);
      for (const remove of this.#testCase) remove();
      this.#testCase = testCase.map((mocked) => this.#deployed.standIns.replace(...mocked));
      return this;
    });
  }

  /**
   * Removes the replacement of a target, or all of them.
   *
   * @throws UnknownNameError, AmbiguousNameError
   */
  restore(target?: CallTarget): this {
    return atCallSite(this.restore, () => {
      this.#deployed.standIns.restore(target === undefined ? undefined : this.#names.resolve(target));
      return this;
    });
  }

  /** The replacement that answers a call; undefined if there is none. */
  answerTo(call: Call): Answer | undefined {
    return this.#deployed.standIns.answerTo(call);
  }

  /**
   * An S3 bucket that the ItemReaders of distributed Maps read, and ResultWriters write. What they wrote can be read with
   * the methods of the result: `workflow.bucket('orders').json('results/manifest.json')`.
   *
   * @param objects objects to add, by key: text, bytes, or values that are written as JSON
   */
  bucket(name: string, objects: Readonly<Record<string, unknown>> = {}): TestBucket {
    const bucket = this.#deployed.buckets.get(name);
    for (const [key, contents] of Object.entries(objects)) bucket.put(key, contents);
    return bucket;
  }

  /**
   * Runs an execution to its end, in simulated time. Executions that are started together run at the same time.
   *
   * @param input any JSON value (default: `{}`)
   * @throws InputError; NothingStandsInError, StuckExecutionError, AnswerError: errors of the test, which no Catch hides
   */
  async run(input: unknown = {}): Promise<TestExecution> {
    return atCallSite(this.run, () => this.#run(jsonText(input)));
  }

  /** Closes the account and its Lambda functions. Open workflows close by themselves after the last test of a file. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.account.close();
  }

  async #run(input: string): Promise<TestExecution> {
    if (this.#closed) throw new ClosedWorkflowError();
    const { random, runs } = this.#deployed;
    if (runs.size === 0) random.restart();
    const name = `run-${++this.#started}`;
    return this.#toEnd(
      (fail) => new Run(name, fail),
      () => this.#start(name, input),
    );
  }

  /** @param earlier what its log lines were before a redrive */
  async #toEnd(
    runOf: (fail: (error: Error) => void) => Run,
    start: () => Promise<string>,
    earlier: readonly LogLine[] = [],
  ): Promise<TestExecution> {
    const { runs, services } = this.#deployed;
    const before = this.#logs.last;
    let fail: (error: Error) => void = () => {};
    const failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const run = runOf(fail);
    runs.add(run);
    let executionArn: string;
    try {
      executionArn = await Promise.race([start(), failed]);
    } catch (error) {
      const [started] = run.histories.keys();
      if (started !== undefined) await services.states.abort(started);
      throw error;
    } finally {
      runs.delete(run);
    }
    await this.#coverage.record([...run.histories.values()]);
    return this.#ended(run, executionArn, [...earlier, ...this.#logs.after(before)]);
  }

  /** What redrives an ended execution, once. */
  #redriveOf(run: Run, executionArn: string, logs: readonly LogLine[]): () => Promise<TestExecution> {
    const runsBefore = this.#started;
    let redriven = false;
    return () => {
      if (this.#closed) throw new ClosedWorkflowError();
      if (this.type === 'EXPRESS') throw new RedriveError('An EXPRESS execution cannot be redriven.');
      if (redriven) throw new RedriveError('It was redriven before: redrive what that returned.');
      // Each run repeats the UUIDs, so that the child executions of a later one have replaced its own.
      if (run.histories.size > 1 && this.#started > runsBefore)
        throw new RedriveError('Redrive it before the workflow runs again: it has child executions.');
      const { clock, services } = this.#deployed;
      const redrive = async () => {
        services.states.redriveExecution({ executionArn });
        redriven = true;
        clock.checkIdle();
        await services.states.executionEnded(executionArn);
        return executionArn;
      };
      return this.#toEnd((fail) => run.redriven(fail), redrive, logs);
    };
  }

  /** Starts an execution, and waits for its end. */
  async #start(name: string, input: string): Promise<string> {
    const { clock } = this.#deployed;
    const { states } = this.#deployed.services;
    const request = { stateMachineArn: this.stateMachineArn, name, input };
    if (this.type === 'EXPRESS') {
      const ended = states.startSyncExecution(request);
      clock.checkIdle();
      return (await ended).executionArn;
    }
    const { executionArn } = states.startExecution(request);
    clock.checkIdle();
    await states.executionEnded(executionArn);
    return executionArn;
  }

  #ended(run: Run, executionArn: string, logs: readonly LogLine[]): TestExecution {
    const { histories, nested, calls, visited, answering } = run;
    const [events = [], ...others] = histories.values();
    const [, ...childArns] = histories.keys();
    const children = () => {
      const callsOf = new Map<string, Call[]>(childArns.map((arn) => [arn, []]));
      for (const made of calls) callsOf.get(made.executionArn)?.push(made.call);
      return childArns.map((arn, index) => this.#child(arn, others[index] ?? [], callsOf.get(arn) ?? []));
    };
    const own = calls.flatMap((made) => (nested.has(made.executionArn) ? [] : [made.call]));
    const nestedExecutions = () => [
      ...[...nested].map(([arn, history]) => {
        const made = calls.filter((each) => each.executionArn === arn);
        return this.#child(
          arn,
          history,
          made.map(({ call }) => call),
        );
      }),
      ...answering.flatMap((execution) => [execution, ...execution.nested]),
    ];
    return new TestExecution(
      {
        ...{ executionArn, events, calls: own, logs, visited, children, nested: nestedExecutions },
        billing: this.#billing,
        redrive: this.#redriveOf(run, executionArn, logs),
      },
      this.#names,
    );
  }

  #child(executionArn: string, events: readonly HistoryEvent[], calls: readonly Call[]): TestExecution {
    const visited = executionPath(events).visits.map(({ name }) => name);
    const children = () => [];
    const billing = this.#billing;
    return new TestExecution(
      { executionArn, events, calls, logs: [], visited, children, billing },
      this.#names,
    );
  }
}

/** The definitions of the account's other state machines, which a Task may start. */
function otherDefinitions({ states }: Pick<Account, 'states'>, own: string): unknown[] {
  return states.listStateMachines().stateMachines.flatMap(({ stateMachineArn }) => {
    if (stateMachineArn === own) return [];
    return [JSON.parse(states.describeStateMachine({ stateMachineArn }).definition) as unknown];
  });
}

/** @throws InputError */
function jsonText(input: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(input);
  } catch (error) {
    // JSON.stringify has its own words for a value that fills the stack.
    const tooDeep = error instanceof RangeError ? deepJson('The input', input) : undefined;
    throw new InputError(tooDeep ?? `The input is not a JSON value: ${(error as Error).message}`);
  }
  if (text === undefined) throw new InputError(`The input is not a JSON value but a ${typeof input}.`);
  const tooDeep = deepJson('The input', input);
  if (tooDeep !== undefined) throw new InputError(tooDeep);
  return text;
}

function stuckError({ histories, nested }: Run): StuckExecutionError {
  const waiting = [...histories.values(), ...nested.values()]
    .flatMap((events) => executionPath(events).visits)
    .filter(({ type, status }) => type === 'Task' && status === 'IN_PROGRESS')
    .map(({ name }) => `"${name}"`);
  return new StuckExecutionError(
    `The execution waits forever: no answer comes to ${[...new Set(waiting)].join(', ')}, ` +
      'and no TimeoutSeconds or HeartbeatSeconds ends the wait.',
  );
}
