import { html, type Markup } from '../markup';
import type { Paths } from '../paths';

/** Opens a recorded execution: a file that is dropped on the page, or chosen. */
export function openHistory(paths: Paths): Markup {
  return html`<section aria-labelledby="recorded"><h2 id="recorded">Recorded execution</h2>
<form method="post" action="${paths.histories}" enctype="multipart/form-data" data-drop>
<p><label for="history">What <code>aws stepfunctions get-execution-history</code> printed, or an execution log</label></p>
<p class="file"><input type="file" id="history" name="history" accept=".json,.jsonl,.log" required> <button class="quiet">Open</button></p></form></section>`;
}
