import { compareText } from '../../compare-text';
import type { HistoryEvent } from '../../history/events';
import type { StateVisit, VisitScope } from '../../history/visit';
import { VisitRecorder } from '../../history/visit-recorder';
import type { TaskStates } from './task-states';

/** How far an execution is: the numbers of planned outcomes that occurred, and of calls without one. */
interface Progress {
  readonly planned: number;
  readonly choices: number;
}

/** States that run one after the other: the execution itself, a branch, an iteration, a child execution. */
interface Line {
  readonly parent: Line | undefined;
  /** The Parallel or Map around it, and its attempt; undefined for the execution itself. */
  readonly scope: Pick<VisitScope, 'visit' | 'attempt'> | undefined;
  /** What the names of its visits begin with: empty, `Both/` or `Each[0]/`. */
  readonly label: string;
  /** The same without the numbers of visits: a position has none. */
  readonly place: string;
  readonly visits: Map<string, number>;
  readonly variables: Map<string, string>;
  /** The positions that it was in, a state, its input and its variables, with what had happened until then. */
  readonly positions: Map<string, Progress>;
  /** The visit that it is in, or its last one. */
  current: StateVisit | undefined;
}

/** The history of one execution, or of a child execution of a distributed Map. */
interface History {
  readonly recorder: VisitRecorder;
  readonly root: Line;
}

/** Values that differ between executions without a difference to the state machine. */
const OWN_VALUES = /00000000-0000-4000-8000-\d{12}/g;
const withoutIds = (text: string): string => text.replace(OWN_VALUES, 'uuid');
/** Times that a state machine reads: in a loop that waits, each is another one. */
const TIMES = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|\b\d{13}\b/g;
/** The error output of a Catch: which error it was matters only where the definition reads it. */
const ERROR_OUTPUT = /"Error":"(?:[^"\\]|\\.)*","Cause":"(?:[^"\\]|\\.)*"/g;

/** Follows an execution by its events: names its visits, and describes the position that it is in. */
export class RunPosition {
  readonly #states: TaskStates;
  readonly #readsErrors: boolean;
  readonly #now: () => number;
  readonly #histories = new Map<string, History>();
  readonly #lines = new Map<VisitScope, Line>();
  readonly #names = new Map<StateVisit, string>();
  readonly #lineOf = new Map<StateVisit, Line>();
  readonly #mainArn: string;

  /** @param readsErrors whether the definition may read the name of a caught error */
  constructor(states: TaskStates, executionArn: string, readsErrors: boolean, now: () => number) {
    this.#states = states;
    this.#mainArn = executionArn;
    this.#readsErrors = readsErrors;
    this.#now = now;
    this.#histories.set(executionArn, { recorder: new VisitRecorder(), root: line('', '') });
  }

  get main(): VisitRecorder {
    return (this.#histories.get(this.#mainArn) as History).recorder;
  }

  /** Every history: that of the execution, and those of the child executions of its distributed Maps. */
  get recorders(): VisitRecorder[] {
    return [...this.#histories.values()].map(({ recorder }) => recorder);
  }

  /** @returns the visit that began with the event, and its line */
  record(executionArn: string, event: HistoryEvent): StateVisit | undefined {
    const entered = 'stateEnteredEventDetails' in event ? event.stateEnteredEventDetails.name : undefined;
    const history = this.#historyOf(executionArn, entered);
    history.recorder.record(event);
    const visit = history.recorder.visitOf(event.id);
    if (visit === undefined) return undefined;
    if (entered !== undefined) {
      this.#enter(visit, history);
      return visit;
    }
    if ('stateExitedEventDetails' in event) {
      const assigned = event.stateExitedEventDetails.assignedVariables ?? {};
      for (const [name, value] of Object.entries(assigned))
        this.#lineOf.get(visit)?.variables.set(name, value);
    }
    return undefined;
  }

  /** The visit that scheduled a call. */
  visitAt(executionArn: string, eventId: number): StateVisit {
    return this.#histories.get(executionArn)?.recorder.visitOf(eventId) as StateVisit;
  }

  nameOf(visit: StateVisit): string {
    return this.#names.get(visit) ?? visit.name;
  }

  /**
   * How far the execution was when the line of a visit that just began was in the same position before; undefined if it
   * was not, or a planned outcome is in between.
   */
  repeatedSince(visit: StateVisit, now: Progress): Progress | undefined {
    const own = this.#lineOf.get(visit) as Line;
    const position = `${visit.name} ${withoutIds(visit.input)} ${variablesOf(own)}`;
    const before = own.positions.get(position);
    if (before?.planned === now.planned) return before;
    own.positions.set(position, now);
    return undefined;
  }

  isOutermost(visit: StateVisit): boolean {
    return this.#lineOf.get(visit) === this.#histories.get(this.#mainArn)?.root;
  }

  /**
   * The position of the execution at a call: everything that what follows depends on. Two executions in the same position
   * continue in the same way.
   * @param outcomes those of the Tasks in progress
   */
  describe(calling: StateVisit, outcomes: (visit: StateVisit) => string | undefined): string {
    const lines = new Set([...this.#histories.values()].map(({ root }) => root));
    for (const each of this.#lines.values()) lines.add(each);
    const described = [...lines].flatMap((each) => {
      const { current } = each;
      if (current === undefined || !this.#isLive(each)) return [];
      const where = `${each.place}${current.name}`;
      if (current.status !== 'IN_PROGRESS') return [`${where} → ${this.#normal(current.output ?? '')}`];
      const elapsed = current === calling || current.type === 'Parallel' || current.type === 'Map';
      return [
        `${where} ${this.#normal(current.input)} ${variablesOf(each)}` +
          (elapsed ? '' : ` ${this.#now() - current.enteredAt} ${outcomes(current) ?? ''}`),
      ];
    });
    return [`${this.#lineOf.get(calling)?.place}${calling.name}`, ...described]
      .join('\n')
      .replace(TIMES, 'time');
  }

  /** Whether the Parallel or Map around a line is still in the attempt that the line belongs to. */
  #isLive({ scope, parent }: Line): boolean {
    if (scope === undefined) return true;
    const { visit, attempt } = scope;
    const isCurrent = visit.status === 'IN_PROGRESS' && attempt === visit.attempts.length - 1;
    return isCurrent && (parent === undefined || this.#isLive(parent));
  }

  #normal(text: string): string {
    const plain = withoutIds(text);
    return this.#readsErrors ? plain : plain.replace(ERROR_OUTPUT, '"Error"');
  }

  #enter(visit: StateVisit, { root }: History): void {
    const own = this.#lineFor(visit.scope, root);
    const count = (own.visits.get(visit.name) ?? 0) + 1;
    own.visits.set(visit.name, count);
    own.current = visit;
    this.#names.set(visit, `${own.label}${visit.name}${count > 1 ? `#${count}` : ''}`);
    this.#lineOf.set(visit, own);
  }

  #lineFor(scope: VisitScope | undefined, root: Line): Line {
    if (scope === undefined) return root;
    const known = this.#lines.get(scope);
    if (known) return known;
    const around = this.#names.get(scope.visit) ?? scope.visit.name;
    const within = scope.visit.type === 'Map' ? `[${scope.index}]/` : '/';
    const parent = this.#lineOf.get(scope.visit);
    const added = line(`${around}${within}`, `${parent?.place}${scope.visit.name}${within}`, scope, parent);
    this.#lines.set(scope, added);
    return added;
  }

  /** The history of a child execution begins when its first state is entered: the state's name tells the Map. */
  #historyOf(executionArn: string, entered: string | undefined): History {
    const known = this.#histories.get(executionArn);
    if (known) {
      if (known.root.label === UNNAMED && entered !== undefined)
        this.#nameChild(executionArn, known, entered);
      return this.#histories.get(executionArn) as History;
    }
    const added = { recorder: new VisitRecorder(), root: line(UNNAMED, '') };
    this.#histories.set(executionArn, added);
    return added;
  }

  #nameChild(executionArn: string, { recorder }: History, entered: string): void {
    const map = this.#states.around(entered)[0]?.name ?? '';
    const [visit, parent] =
      [...this.#lineOf].findLast(([each]) => each.name === map && each.status === 'IN_PROGRESS') ?? [];
    if (visit === undefined) return;
    const attempt = visit.attempts.length - 1;
    const index = [...this.#histories.values()].filter(
      ({ root: { scope } }) => scope?.visit === visit && scope.attempt === attempt,
    ).length;
    const within = `[${index}]/`;
    const root = line(
      `${this.nameOf(visit)}${within}`,
      `${parent?.place}${map}${within}`,
      { visit, attempt },
      parent,
    );
    this.#histories.set(executionArn, { recorder, root });
  }
}

/** The label of a child execution before its first state is entered. */
const UNNAMED = '?';

const line = (label: string, place: string, scope?: Line['scope'], parent?: Line): Line => ({
  parent,
  scope,
  label,
  place,
  visits: new Map(),
  variables: new Map(),
  positions: new Map(),
  current: undefined,
});

/** The variables that a line can read, as text. */
function variablesOf(own: Line): string {
  const all = new Map<string, string>();
  for (let at: Line | undefined = own; at !== undefined; at = at.parent) {
    for (const [name, value] of at.variables) if (!all.has(name)) all.set(name, value);
  }
  if (all.size === 0) return '';
  return JSON.stringify([...all].sort(([a], [b]) => compareText(a, b)));
}
