import { formatDuration } from '../../duration';
import { detailsEntry, eventDetails } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import type { ExecutionPath, StateVisit } from '../../history/execution-path';
import { each, html, type Markup, when } from '../markup';
import { payloadText } from './payload';
import { time } from './text';

/** What is shown of a payload, in characters. */
const CUT = 2_000;

/**
 * Events as the AWS console lists them, with expandable details.
 * @param addressOf the link to a visit
 * @param sourceOf the address of a member of an event's details
 */
export function eventsTable(
  events: readonly HistoryEvent[],
  path: ExecutionPath,
  addressOf: (visit: StateVisit) => string,
  sourceOf: (event: number, member: string) => string,
): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Events"><table class="events">
<thead><tr><th scope="col" class="number">ID</th><th scope="col" class="number wide-only">Previous</th><th scope="col">Type</th><th scope="col">State</th><th scope="col" class="wide-only">Resource</th><th scope="col" class="number">Started after</th><th scope="col" class="wide-only">Time (UTC)</th></tr></thead>
<tbody>${each(events, (event) => eventRow(event, path, addressOf, sourceOf))}</tbody>
</table></div>`;
}

function eventRow(
  event: HistoryEvent,
  { visitByEvent, startedAt = 0 }: ExecutionPath,
  addressOf: (visit: StateVisit) => string,
  sourceOf: (event: number, member: string) => string,
): Markup {
  const { id, previousEventId, type, timestamp } = event;
  const { resourceType, resource } = eventDetails(event);
  const visit = visitByEvent.get(id);
  const isBad = /(Failed|TimedOut|Aborted)$/.test(type);
  return html`<tr class="${isBad ? 'bad' : ''}" id="event-${id}" ${visit ? html`data-visit="${visit.enteredEventId}"` : ''}>
<td class="number">${id}</td><td class="number wide-only">${previousEventId}</td><td>${eventType(event, sourceOf)}</td>
<td class="breakable">${when(visit, (found) => html`<a href="${addressOf(found)}">${found.name}</a>`)}</td><td class="resource wide-only">${[resourceType, resource].filter(Boolean).join(':')}</td>
<td class="number">${formatDuration(timestamp - startedAt)}</td><td class="wide-only">${time(timestamp)}</td></tr>`;
}

function eventType(event: HistoryEvent, sourceOf: (event: number, member: string) => string): Markup {
  const details = detailsEntry(event)?.[1];
  if (!details || Object.keys(details).length === 0)
    return html`<span class="event-type">${event.type}</span>`;
  return html`<details id="details-${event.id}"><summary>${event.type}</summary><dl class="details">${each(
    Object.entries(details).filter(([, value]) => typeof value !== 'object' || 'roleArn' in value),
    ([member, value]) =>
      html`<div><dt>${member}</dt><dd>${payloadText(member, typeof value === 'string' ? value : JSON.stringify(value), { source: sourceOf(event.id, member), cut: CUT })}</dd></div>`,
  )}</dl></details>`;
}
