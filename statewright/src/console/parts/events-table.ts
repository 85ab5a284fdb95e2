import { formatDuration } from '../../duration';
import { detailsEntry, eventDetails } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import type { ExecutionPath } from '../../history/execution-path';
import { layOutJson } from '../json-text';
import { each, html, type Markup } from '../markup';
import { limit } from './limit';
import { time } from './text';

const SHOWN = 500;

/** The events as the AWS console lists them, with expandable details. */
export function eventsTable(events: readonly HistoryEvent[], path: ExecutionPath, showsAll: boolean): Markup {
  const { items, more } = limit(events, SHOWN, showsAll, 'events');
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Events"><table class="events">
<thead><tr><th scope="col" class="number">ID</th><th scope="col" class="number">Previous</th><th scope="col">Type</th><th scope="col">State</th><th scope="col">Resource</th><th scope="col" class="number">Started after</th><th scope="col">Time (UTC)</th></tr></thead>
<tbody>${each(items, (event) => eventRow(event, path))}</tbody>
</table></div>
${more}`;
}

function eventRow(event: HistoryEvent, { visitByEvent, startedAt = 0 }: ExecutionPath): Markup {
  const { id, previousEventId, type, timestamp } = event;
  const { resourceType, resource } = eventDetails(event);
  return html`<tr class="${/(Failed|TimedOut|Aborted)$/.test(type) ? 'bad' : ''}">
<td class="number">${id}</td><td class="number">${previousEventId}</td><td>${eventType(event)}</td>
<td class="breakable">${visitByEvent.get(id)?.name ?? ''}</td><td class="resource">${[resourceType, resource].filter(Boolean).join(':')}</td>
<td class="number">${formatDuration(timestamp - startedAt)}</td><td>${time(timestamp)}</td></tr>`;
}

function eventType(event: HistoryEvent): Markup {
  const details = detailsEntry(event)?.[1];
  if (!details || Object.keys(details).length === 0)
    return html`<span class="event-type">${event.type}</span>`;
  return html`<details id="event-${event.id}"><summary>${event.type}</summary><dl class="details">${each(
    Object.entries(details).filter(([, value]) => typeof value !== 'object' || 'roleArn' in value),
    ([member, value]) =>
      html`<div><dt>${member}</dt><dd><pre tabindex="0">${typeof value === 'string' ? layOutJson(value) : JSON.stringify(value)}</pre></dd></div>`,
  )}</dl></details>`;
}
