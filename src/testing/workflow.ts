import type { HistoryEvent } from '../engine';
import type { Account } from '../local/account';
import { executionPath } from '../report/execution-path';
import { UserError } from '../user-error';
import { type Answer, type Call, calls } from './answers';
import { LambdaLogs, lambdaFunctions } from './lambda-logs';
import type { SeededRandom } from './seeded';
import type { StandIns } from './stand-ins';
import { CoverageRecorder } from './state-coverage/recorder';
import { Names, type Target } from './targets';
import type { TestClock } from './test-clock';
import { TestExecution } from './test-execution';

/** An execution that waits for what never comes. */
export class StuckExecutionError extends UserError {
  override readonly name = 'StuckExecutionError';
}

/** A call of a workflow that was closed. */
export class ClosedWorkflowError extends UserError {
  override readonly name = 'ClosedWorkflowError';

  constructor() {
    super('The workflow was closed. Deploy it again, or close it later.');
  }
}

/** A state machine in an account, and what that account simulates with. */
export interface Deployed {
  readonly account: Account;
  readonly stateMachineArn: string;
  readonly clock: TestClock;
  readonly random: SeededRandom;
  readonly standIns: StandIns;
}

/** What stands in for a call: an answer, or a function of the call's input. */
export type Replacement = Answer | ((input: never, call: Call) => unknown);

/** A state machine in a local account of its own, to be run in tests. Runs follow one another, also when started at once. */
export class Workflow {
  readonly name: string;
  readonly stateMachineArn: string;
  /** The account that it is deployed to, for whatever else a test wants to know or do. */
  readonly account: Account;
  readonly #deployed: Deployed;
  readonly #type: 'STANDARD' | 'EXPRESS';
  readonly #names: Names;
  readonly #coverage: CoverageRecorder;
  readonly #logs: LambdaLogs;
  #last: Promise<unknown> = Promise.resolve();
  #runs = 0;
  #closed = false;

  constructor(deployed: Deployed) {
    const { account, stateMachineArn } = deployed;
    const { name, type, definition } = account.states.describeStateMachine({ stateMachineArn });
    this.name = name;
    this.stateMachineArn = stateMachineArn;
    this.account = account;
    this.#deployed = deployed;
    this.#type = type;
    const parsed: unknown = JSON.parse(definition);
    this.#logs = new LambdaLogs(account);
    this.#names = new Names(
      parsed,
      lambdaFunctions(account).map((lambda) => lambda.name),
    );
    this.#coverage = new CoverageRecorder(name, parsed);
  }

  /**
   * Lets an answer stand in for what Tasks call: one Task by its state's name, a Lambda function by its name, or a
   * resource such as `sqs:sendMessage`. A state's answer comes before a function's, a later one before an earlier one.
   *
   * @throws UnknownNameError, AmbiguousNameError
   */
  replace(target: Target, replacement: Replacement): this {
    const answer = typeof replacement === 'function' ? calls(replacement) : replacement;
    this.#deployed.standIns.replace(this.#names.resolve(target), answer);
    return this;
  }

  /** Takes back what stands in for a target, or everything. */
  restore(target?: Target): this {
    this.#deployed.standIns.restore(target === undefined ? undefined : this.#names.resolve(target));
    return this;
  }

  /**
   * Runs an execution to its end, in simulated time.
   *
   * @param input any JSON value; `{}` unless given
   * @throws NothingStandsInError, StuckExecutionError, AnswerError: faults of the test, which no Catch hides
   */
  run(input: unknown = {}): Promise<TestExecution> {
    const run = this.#last.then(() => this.#run(input));
    this.#last = run.catch(() => {});
    return run;
  }

  /** Ends the account with its Lambda functions. Workflows that are still open after a file's last test close by themselves. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.account.close();
  }

  async #run(input: unknown): Promise<TestExecution> {
    if (this.#closed) throw new ClosedWorkflowError();
    const { clock, random, standIns, account } = this.#deployed;
    const invocations: Call[] = [];
    const histories = new Map<string, HistoryEvent[]>();
    const stopListening = account.states.listen((arn, event) => {
      const events = histories.get(arn);
      if (events) events.push(event);
      else histories.set(arn, [event]);
    });
    let stopWatching = () => {};
    try {
      random.restart();
      const executionArn = await new Promise<string>((resolve, reject) => {
        standIns.begin({ record: (call) => void invocations.push(call), fail: reject });
        this.#start(input).then(resolve, reject);
        stopWatching = clock.whenIdle(() => reject(stuckError(histories)));
      });
      await this.#coverage.record([...histories.values()]);
      return new TestExecution(
        {
          executionArn,
          input,
          invocations,
          events: histories.get(executionArn) ?? [],
          logs: this.#logs.takeNew(),
        },
        this.#names,
      );
    } catch (error) {
      await account.states.close();
      throw error;
    } finally {
      stopWatching();
      stopListening();
    }
  }

  /** Starts an execution and waits for its end. */
  async #start(input: unknown): Promise<string> {
    const { states } = this.account;
    const name = `run-${++this.#runs}`;
    const request = { stateMachineArn: this.stateMachineArn, name, input: JSON.stringify(input) };
    if (this.#type === 'EXPRESS') return (await states.startSyncExecution(request)).executionArn;
    const { executionArn } = states.startExecution(request);
    await states.executionEnded(executionArn);
    return executionArn;
  }
}

function stuckError(histories: ReadonlyMap<string, readonly HistoryEvent[]>): StuckExecutionError {
  const waiting = [...histories.values()]
    .flatMap((events) => executionPath(events).visits)
    .filter(({ type, status }) => type === 'Task' && status === 'IN_PROGRESS')
    .map(({ name }) => `"${name}"`);
  return new StuckExecutionError(
    `The execution waits for ever: no answer comes to ${[...new Set(waiting)].join(', ')}, ` +
      'and no TimeoutSeconds or HeartbeatSeconds ends the wait.',
  );
}
