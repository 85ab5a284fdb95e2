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
  const visitsIn = new Map<StateVisit | undefined, StateVisit[]>();
  for (const visit of path.visits) {
    const siblings = visitsIn.get(visit.scope?.visit);
    if (siblings) siblings.push(visit);
    else visitsIn.set(visit.scope?.visit, [visit]);
  }
  const steps = (visitsIn.get(undefined) ?? []).map((visit) =>
    step(visit, visitsIn.get(visit) ?? [], terminal),
  );
  if (path.status === 'SUCCEEDED') steps.push(terminal.paint.faint('End'));
  const lines: string[] = [];
  // Counted here: a path of thousands of states is one line where the width is not limited.
  let width = 0;
  for (const text of steps) {
    const added = textWidth(text);
    const last = lines.at(-1);
    if (last !== undefined && width + added + 3 <= columns) {
      lines[lines.length - 1] = `${last} → ${text}`;
      width += added + 3;
    } else {
      lines.push(last === undefined ? text : `→ ${text}`);
      width = last === undefined ? added : added + 2;
    }
  }
  return lines;
}

/** @param inner the visits of the states in a Parallel or Map */
function step(visit: StateVisit, inner: readonly StateVisit[], terminal: Terminal): string {
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
    inside(visit, inner),
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
function inside(container: StateVisit, inner: readonly StateVisit[]): string {
  const counts = new Map<string, number>();
  for (const visit of inner) {
    if (visit.scope && visit.scope.attempt < container.attempts.length - 1) continue;
    const text = `${plainText(visit.name)} ${SYMBOLS[visit.status]}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const texts = [...counts].map(([text, count]) => (count > 1 ? `${text} ×${count}` : text));
  return texts.length > 0 ? `( ${texts.join(', ')} )` : '';
}
