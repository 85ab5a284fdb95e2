import type { ExecutionPath, StateVisit, VisitStatus } from '../../history/execution-path';
import type { Terminal } from './terminal';
import { plainText, textWidth } from './text';

const SYMBOLS: Readonly<Record<VisitStatus, string>> = {
  SUCCEEDED: '✓',
  FAILED: '✗',
  CAUGHT: '✗',
  IN_PROGRESS: '…',
  ABORTED: '⊘',
};

/**
 * The path through the states, in lines that fit `columns`: `Test ✗ TestError → HandleError ✓ → FailState ✓ → End`.
 * A Parallel or Map is shown with the states that ran inside it: `Each[3] ( Work ✓ ×3 ) ✓`; `↻2` marks two retries.
 */
export function renderPath(path: ExecutionPath, terminal: Terminal, columns: number): string[] {
  const steps = path.visits.filter((visit) => !visit.scope).map((visit) => step(visit, path, terminal));
  if (path.status === 'SUCCEEDED') steps.push(terminal.paint.faint('End'));
  const lines: string[] = [];
  for (const text of steps) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(text);
    else if (textWidth(last) + textWidth(text) + 3 <= columns) lines[lines.length - 1] = `${last} → ${text}`;
    else lines.push(`→ ${text}`);
  }
  return lines;
}

function step(visit: StateVisit, path: ExecutionPath, terminal: Terminal): string {
  const { paint } = terminal;
  const color = {
    SUCCEEDED: paint.good,
    FAILED: paint.bad,
    CAUGHT: paint.warning,
    IN_PROGRESS: paint.accent,
    ABORTED: paint.faint,
  };
  const retries = visit.attempts.length - 1;
  return [
    plainText(visit.name) + (visit.items === undefined ? '' : `[${visit.items}]`),
    inside(visit, path),
    retries > 0 ? paint.faint(`↻${retries}`) : '',
    color[visit.status](SYMBOLS[visit.status]),
    visit.error === undefined || visit.status === 'ABORTED'
      ? ''
      : color[visit.status](plainText(visit.error)),
  ]
    .filter(Boolean)
    .join(' ');
}

/** Each state inside a Parallel or Map once, with how often it ran. */
function inside(container: StateVisit, { visits }: ExecutionPath): string {
  const counts = new Map<string, number>();
  for (const visit of visits) {
    if (visit.scope?.visit !== container || visit.scope.attempt < container.attempts.length - 1) continue;
    const text = `${plainText(visit.name)} ${SYMBOLS[visit.status]}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const texts = [...counts].map(([text, count]) => (count > 1 ? `${text} ×${count}` : text));
  return texts.length > 0 ? `( ${texts.join(', ')} )` : '';
}
