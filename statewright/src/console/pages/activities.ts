import type { Page } from '../document';
import type { Functions } from '../functions/functions';
import { each, html } from '../markup';
import { number } from '../parts/pager';
import { arn } from '../parts/payload';
import { time } from '../parts/text';

/** The activities of the region, whose tasks workers take. */
export async function activitiesPage(functions: Functions): Promise<Page> {
  const all = await functions.listActivities();
  const rows = each(
    all,
    ({ name, activityArn, creationDate }) =>
      html`<tr><th scope="row">${name}</th><td>${arn(activityArn)}</td><td class="wide-only">${time(creationDate)}</td></tr>`,
  );
  const content = html`<h1>Activities <small>${number(all.length)}</small></h1>
<p class="empty">A worker takes a task with <code>aws stepfunctions get-activity-task --activity-arn ARN</code>, and answers with <code>send-task-success</code> or <code>send-task-failure</code>.</p>
<div id="live-activities" data-live>${
    all.length === 0
      ? html`<p class="empty">No activities yet.</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="Activities"><table class="machines">
<thead><tr><th scope="col">Name</th><th scope="col">ARN</th><th scope="col" class="wide-only">Created (UTC)</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
  }</div>`;
  return { title: 'Activities', content, refresh: 'idle' };
}
