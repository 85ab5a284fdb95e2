import type { ExecutionPath } from '../history/execution-path';
import { STATUSES } from './icons';
import { createOverlay, type Overlay } from './overlay';
import { notes } from './state';
import { readWorkflow, type WorkflowScope, type WorkflowState } from './workflow';

/**
 * A state machine as plain text, for terminals and language models: each state with its type, and below it where it
 * leads. The states of a Parallel or Map are indented.
 *
 * @throws DiagramError for an invalid definition
 */
export function renderOutline(definition: unknown, execution?: ExecutionPath): string {
  const overlay = execution && createOverlay(execution);
  // A name may have line breaks, and characters that control a terminal.
  const lines = scopeLines(readWorkflow(definition), overlay).map((line) => line.replace(/\p{Cc}/gu, ' '));
  return `${lines.join('\n')}\n`;
}

function scopeLines({ startAt, states, transitions }: WorkflowScope, overlay: Overlay | undefined): string[] {
  return [
    `Start → ${startAt}`,
    ...states.flatMap((state) => [
      stateLine(state, overlay),
      ...state.scopes.flatMap((scope) => scopeLines(scope, overlay).map((line) => `  │ ${line}`)),
      ...transitions
        .filter(({ from }) => from === state.name)
        .map(({ to, labels }) => `  → ${to}${labels.length > 0 ? `  (${labels.join('; ')})` : ''}`),
      ...(state.isEnd ? ['  → End'] : []),
    ]),
  ];
}

function stateLine(state: WorkflowState, overlay: Overlay | undefined): string {
  const status = overlay && STATUSES[overlay.status(state)].label;
  const parts = [state.type, state.detail, status, ...notes(state, overlay)];
  return `${state.name} · ${parts.filter(Boolean).join(' · ')}`;
}
