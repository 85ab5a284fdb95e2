import { groupInvocations, type Invocation, type LogEvent } from '../../invocations';
import { each, html, type Markup } from '../markup';

/** What each Lambda invocation logged, one block for each. */
export function invocationList(events: readonly LogEvent[]): Markup {
  const invocations = groupInvocations(events);
  if (invocations.length === 0) return html`<p class="empty">No Lambda function has logged anything.</p>`;
  return each(invocations, invocationBlock);
}

function invocationBlock({ logGroup, requestId, events }: Invocation): Markup {
  return html`<section class="invocation"><h3>${logGroup} ${requestId ? html`<small>request ${requestId}</small>` : ''}</h3>
<pre tabindex="0" role="group" aria-label="Log of ${logGroup}">${each(events, logLine)}</pre></section>`;
}

/** Lambda's own lines stand back, so that what the function said stands out. */
function logLine({ timestamp, message }: LogEvent): Markup {
  const kind = /^(INIT_START|START|END|REPORT) /.test(message)
    ? 'platform'
    : /\tERROR\t/.test(message)
      ? 'error'
      : 'said';
  const at = new Date(timestamp).toISOString().slice(11, 23);
  return html`<span class="${kind}"><span class="at">${at}</span> ${message.trimEnd()}
</span>`;
}
