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

/** Reads the view from a URL; invalid values are ignored. */
export function executionsView(query: (name: string) => string | undefined): ExecutionsView {
  const status = STATUSES.find((known) => known === query('status'));
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

/** The executions that the view names, but for its status, newest first. */
export async function findExecutions(
  source: ConsoleSource,
  executions: readonly ExecutionSummary[],
  { find, from, to }: ExecutionsView,
): Promise<readonly ExecutionSummary[]> {
  const start = from === undefined ? Number.NEGATIVE_INFINITY : epoch(from);
  const end = to === undefined ? Number.POSITIVE_INFINITY : epoch(to);
  const inTime = executions.filter(({ startDate }) => Number(startDate) >= start && Number(startDate) < end);
  if (find === undefined) return inTime;
  const text = find.toLowerCase();
  const found: ExecutionSummary[] = [];
  for (const [i, execution] of inTime.slice(0, SEARCHED).entries()) {
    if (i % TURN === TURN - 1) await new Promise(setImmediate);
    const texts = [execution.name, ...(await source.payloads(execution.executionArn))];
    if (texts.some((part) => part.toLowerCase().includes(text))) found.push(execution);
  }
  return found;
}
