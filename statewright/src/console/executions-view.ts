// Not the global one, which a test's fake timers would stop.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ListPage, listPage, pagePlace } from './execution-view';
import type { ConsoleSource, ExecutionStatus, ExecutionSummary } from './source';

export const STATUSES: readonly ExecutionStatus[] = [
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'ABORTED',
];

/** How many executions are searched for a text, the newest first: their payloads are read one by one. */
export const SEARCHED = 5_000;
/** How many executions one page shows. */
const SHOWN = 25;
/** How many are read before other requests get a turn. */
const TURN = 200;

/** Which of a state machine's executions are shown, from the page's URL. */
export interface ExecutionsView {
  /** Shows only executions with this status (default: all). */
  readonly status?: ExecutionStatus;
  /** Only executions with this text in their name, input, output or error. */
  readonly find?: string;
  /** Only executions that started at this time or later, `2026-11-27T06:00` in UTC. */
  readonly from?: string;
  /** Only executions that started before this time. */
  readonly to?: string;
  /** From 1; a number past the end shows the last page. */
  readonly page: number;
}

/** A status in a URL; undefined if it is not valid. */
export const statusIn = (text: string | undefined): ExecutionStatus | undefined =>
  STATUSES.find((known) => known === text);

/** Reads the view from a URL; invalid values are ignored. */
export function executionsView(query: (name: string) => string | undefined): ExecutionsView {
  const status = statusIn(query('status'));
  const page = Math.max(1, Math.trunc(Number(query('page'))) || 1);
  const find = query('find')?.trim();
  const time = (name: string) => {
    const value = query(name);
    return value !== undefined && !Number.isNaN(epoch(value)) ? { [name]: value } : {};
  };
  return { page, ...(status && { status }), ...(find && { find }), ...time('from'), ...time('to') };
}

/** Epoch milliseconds; a form's times have no zone. */
const epoch = (time: string): number => Date.parse(`${time}Z`);

/** An execution with the error that it ended with. */
export interface ListedExecution extends ExecutionSummary {
  readonly error?: string;
}

/** Reads the errors of the executions that have one. */
export async function withErrors(
  source: ConsoleSource,
  executions: readonly ExecutionSummary[],
): Promise<readonly ListedExecution[]> {
  const listed: ListedExecution[] = [];
  for (const execution of executions) {
    if (execution.status === 'RUNNING' || execution.status === 'SUCCEEDED') {
      listed.push(execution);
      continue;
    }
    const { error } = await source.payloads(execution.executionArn);
    listed.push(error === undefined ? execution : { ...execution, error });
    // On disk, the error is read with the input, which can be large.
    await nextTurn();
  }
  return listed;
}

/** What is shown of a list of executions. */
export interface ShownExecutions {
  /** How many the list has. */
  readonly total: number;
  /** How many the view finds with each status that occurs, or that it chooses. */
  readonly counts: ReadonlyMap<ExecutionStatus, number>;
  readonly page: ListPage<ListedExecution>;
}

/** Reads what a view shows of the executions of a state machine or a Map Run: no more than that, however many there are. */
export async function showExecutions(
  source: ConsoleSource,
  parentArn: string,
  view: ExecutionsView,
): Promise<ShownExecutions> {
  const total = await source.countExecutions(parentArn);
  const { counts, page } = await (view.find === undefined
    ? showInTime(source, parentArn, view)
    : showFound(source, parentArn, view, view.find.toLowerCase()));
  return { total, counts, page: { ...page, items: await withErrors(source, page.items) } };
}

type Shown = Omit<ShownExecutions, 'total'>;

async function showInTime(source: ConsoleSource, parentArn: string, view: ExecutionsView): Promise<Shown> {
  const { status, page } = view;
  const counts = new Map<ExecutionStatus, number>();
  for (const each of STATUSES) {
    const { first, end } = await inTime(source, parentArn, view, each);
    if (end > first || each === status) counts.set(each, end - first);
  }
  const { first, end } = await inTime(source, parentArn, view, status);
  const place = pagePlace(end - first, SHOWN, page);
  const skip = first + place.first;
  const part = { skip, limit: Math.min(SHOWN, end - skip), ...(status && { status }) };
  return { counts, page: { items: await source.listExecutions(parentArn, part), ...place } };
}

async function showFound(
  source: ConsoleSource,
  parentArn: string,
  view: ExecutionsView,
  text: string,
): Promise<Shown> {
  const { first, end } = await inTime(source, parentArn, view, undefined);
  const part = { skip: first, limit: Math.min(SEARCHED, end - first) };
  const found: ExecutionSummary[] = [];
  for (const [i, execution] of (await source.listExecutions(parentArn, part)).entries()) {
    if (i % TURN === TURN - 1) await nextTurn();
    const { input, output, error, cause } = await source.payloads(execution.executionArn);
    const texts = [execution.name, input, output, error, cause];
    if (texts.some((part) => part?.toLowerCase().includes(text))) found.push(execution);
  }
  const withStatus = (status: ExecutionStatus) => found.filter((execution) => execution.status === status);
  const counts = STATUSES.map((status) => [status, withStatus(status).length] as const).filter(
    ([status, count]) => count > 0 || status === view.status,
  );
  const chosen = view.status ? withStatus(view.status) : found;
  return { counts: new Map(counts), page: listPage(chosen, SHOWN, view.page) };
}

/** Which executions, counted from the newest, have started in the view's time: from `first` to before `end`. */
async function inTime(
  source: ConsoleSource,
  parentArn: string,
  { from, to }: ExecutionsView,
  status: ExecutionStatus | undefined,
): Promise<{ readonly first: number; readonly end: number }> {
  const count = await source.countExecutions(parentArn, status);
  /** How many have started at a time or later: they are in the order of their start. */
  const since = async (time: number) => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const part = { skip: middle, limit: 1, ...(status && { status }) };
      const [execution] = await source.listExecutions(parentArn, part);
      if (execution && Number(execution.startDate) >= time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const first = to === undefined ? 0 : await since(epoch(to));
  const end = from === undefined ? count : await since(epoch(from));
  return { first: Math.min(first, end), end };
}
