import type { HistoryEvent } from '../engine';
import type { Answer, Reply } from './answers';
import type { Call } from './call';
import type { TestExecution } from './test-execution';

/** A replacement that a run has started; it continues from call to call. */
type Begun = ReturnType<Answer['begin']>;

/** A running execution and the child executions of its distributed Maps: what they have done so far. */
export class Run {
  /** The events by execution, the root execution first. */
  readonly histories = new Map<string, HistoryEvent[]>();
  /** The names of the states, in the order of their entry. */
  readonly visited: string[] = [];
  readonly calls: { readonly executionArn: string; readonly call: Call }[] = [];
  /** The events of the executions that its Tasks started, by execution, and of the children of these. */
  readonly nested = new Map<string, HistoryEvent[]>();
  /** The executions of other workflows that answered its calls. */
  readonly answering: TestExecution[] = [];
  readonly #begun = new Map<object, Begun>();

  /** @param fail ends the run with an error, which no Catch hides */
  constructor(
    readonly name: string,
    readonly fail: (error: Error) => void,
  ) {}

  /** The run that continues this one by a redrive: what it does is added to what was done before. */
  redriven(fail: (error: Error) => void): Run {
    const run = new Run(this.name, fail);
    for (const [arn, events] of this.histories) run.histories.set(arn, [...events]);
    for (const [arn, events] of this.nested) run.nested.set(arn, [...events]);
    run.visited.push(...this.visited);
    run.answering.push(...this.answering);
    run.calls.push(...this.calls);
    for (const [replacement, begun] of this.#begun) run.#begun.set(replacement, begun);
    return run;
  }

  tell(executionArn: string, event: HistoryEvent): void {
    const events = this.histories.get(executionArn);
    if (events) events.push(event);
    else this.histories.set(executionArn, [event]);
    if ('stateEnteredEventDetails' in event) this.visited.push(event.stateEnteredEventDetails.name);
  }

  tellNested(executionArn: string, event: HistoryEvent): void {
    const events = this.nested.get(executionArn);
    if (events) events.push(event);
    else this.nested.set(executionArn, [event]);
  }

  /** The next answer of a replacement. */
  async reply(replacement: { readonly answer: Answer }, call: Call): Promise<Reply> {
    const begun = this.#begun.get(replacement) ?? replacement.answer.begin();
    this.#begun.set(replacement, begun);
    const reply = await begun(call);
    if (reply.execution !== undefined) this.answering.push(reply.execution);
    return reply;
  }
}

/** The running executions, by their ARN or that of one of their children. */
export class Runs {
  readonly #runs = new Map<string, Run>();
  readonly #roots = new Map<string, string>();

  add(run: Run): void {
    this.#runs.set(run.name, run);
    const [root = ''] = run.histories.keys();
    for (const arn of run.histories.keys()) this.#roots.set(arn, root);
  }

  delete(run: Run): void {
    this.#runs.delete(run.name);
    for (const executions of [run.histories, run.nested]) {
      for (const executionArn of executions.keys()) this.#roots.delete(executionArn);
    }
  }

  get size(): number {
    return this.#runs.size;
  }

  [Symbol.iterator](): Iterator<Run> {
    return this.#runs.values();
  }

  /**
   * @param root the parent execution, for the children of its distributed Maps
   * @param startedBy the execution whose Task started the root
   */
  tell(executionArn: string, event: HistoryEvent, root: string, startedBy?: string): void {
    const run = this.of(startedBy ?? root);
    if (run === undefined) return;
    this.#roots.set(executionArn, startedBy ?? root);
    if (startedBy === undefined) run.tell(executionArn, event);
    else run.tellNested(executionArn, event);
  }

  /** The run that an execution belongs to; undefined for one that no run has started. */
  of(executionArn: string): Run | undefined {
    let root = executionArn;
    for (let next = this.#roots.get(root); next !== undefined && next !== root; next = this.#roots.get(root))
      root = next;
    return this.#runs.get(nameOf(root));
  }
}

/** `run-1` of `arn:…:execution:machine:run-1`, and of `arn:…:express:machine:run-1:id`. */
const nameOf = (executionArn: string) => executionArn.split(':')[7] ?? '';
