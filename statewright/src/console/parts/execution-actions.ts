import { executionId, stateMachineOf } from '../execution-arn';
import { html, type Markup } from '../markup';
import { pathsAt } from '../paths';
import type { ConsoleSource, ExecutionDetails } from '../source';

/** What can be done with an execution, as buttons. */
export function executionActions(
  source: ConsoleSource,
  { executionArn, status, isRedrivable, isRecorded }: ExecutionDetails,
): Markup {
  const paths = pathsAt(source.base);
  const [machine, id] = [stateMachineOf(executionArn), executionId(executionArn)];
  const compare = html`<a class="button" href="${paths.comparison(machine, id)}">Compare</a>`;
  // A child execution of a Map Run lives and ends with it.
  if (isRecorded || machine.includes('/')) return html`<div class="actions">${compare}</div>`;
  const button = (action: Parameters<typeof paths.action>[2], label: string, title: string) =>
    html`<form method="post" action="${paths.action(machine, id, action)}"><button class="quiet" title="${title}">${label}</button></form>`;
  return html`<div class="actions" id="live-actions" data-live>
${status === 'RUNNING' ? button('stop', 'Stop', 'End this execution as aborted') : ''}
${isRedrivable && source.redriveExecution ? button('redrive', 'Redrive', 'Continue from the state that failed') : ''}
${button('start-again', 'Start again', 'Start an execution with the same input')}
<a class="button" href="${paths.startLike(machine, id)}">Edit input and start</a>${compare}</div>`;
}
