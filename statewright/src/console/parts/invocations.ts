import type { ExecutionPath } from '../../history/execution-path';
import { type Invocation, invocationTimes, type LogEvent } from '../invocations';
import { each, html, type Markup } from '../markup';
import { place } from './text';

/** The number of invocations that are open at first. */
const OPEN = 10;

/** The location of an invocation's log in its page, and its length. */
export interface LogLink {
  readonly address: string;
  readonly lines: number;
}

/** The links to the invocations' logs, by the id of the event that scheduled each. */
export function logLinks(invocations: readonly Invocation[]): ReadonlyMap<number, LogLink> {
  return new Map(
    invocations.map((invocation) => [
      invocation.scheduledEventId,
      { address: `#${logId(invocation)}`, lines: invocation.events.length },
    ]),
  );
}

function logId({ requestId }: Invocation): string {
  return `log-${requestId}`;
}

/**
 * The log of each Lambda invocation, in one block each.
 * @param isPart whether they are those of some of the states only
 * @param functionAddress of the page of a function, by what a Task calls it (default: it has none)
 */
export function invocationList(
  invocations: readonly Invocation[],
  path: ExecutionPath,
  isPart: boolean,
  functionAddress?: (reference: string) => string,
): Markup {
  if (invocations.length === 0)
    return html`<p class="empty">No Lambda function has been called${isPart ? ' in these states' : ''}.</p>`;
  return each(invocations, (invocation, i) => invocationBlock(invocation, path, i < OPEN, functionAddress));
}

function invocationBlock(
  invocation: Invocation,
  { visitByEvent }: ExecutionPath,
  isOpen: boolean,
  functionAddress: (reference: string) => string | undefined = () => undefined,
): Markup {
  const { logGroup, functionName, requestId, scheduledEventId, events } = invocation;
  const address = functionAddress(functionName);
  const isOver = invocationTimes(invocation).endedAt !== undefined;
  const visit = visitByEvent.get(scheduledEventId);
  const attempt = visit?.attempts.findIndex(({ eventId }) => eventId === scheduledEventId) ?? 0;
  return html`<details class="invocation" id="${logId(invocation)}" ${isOpen ? 'open' : ''}>
<summary><span class="visit-name">${visit?.name}</span> <span class="visit-type">${visit?.type}${visit && place(visit)}${attempt > 0 ? ` · attempt ${attempt + 1}` : ''}</span>
${address === undefined ? html`<code>${logGroup}</code>` : html`<a href="${address}"><code>${logGroup}</code></a>`} <small>request ${requestId}</small></summary>
${
  events.length === 0
    ? html`<p class="empty">Nothing has been logged.</p>`
    : html`<pre tabindex="0" ${isOver ? '' : html`data-follow`} role="group" aria-label="Log of ${logGroup}">${each(events, logLine)}</pre>`
}</details>`;
}

/** Lambda's own lines are dimmed, so that the function's lines stand out. */
export function logLine({ timestamp, message }: LogEvent): Markup {
  const kind = /^(?:(?:INIT_START|START|END|REPORT) |\{.*"type":"platform\.)/.test(message)
    ? 'platform'
    : /\tERROR\t|"level":"(?:ERROR|FATAL)"/.test(message)
      ? 'error'
      : 'said';
  const at = new Date(timestamp).toISOString().slice(11, 23);
  return html`<span class="${kind}"><span class="at">${at}</span> ${message.trimEnd()}
</span>`;
}
