import type { ExecutionPath, StateVisit } from '../history/execution-path';
import { type StateSummary, summarizeStates } from '../history/state-summary';
import type { DiagramStatus } from './icons';
import type { PlacedTransition } from './placed';
import type { WorkflowState } from './workflow';

/** An execution shown on a diagram. */
export interface Overlay {
  status(state: WorkflowState): DiagramStatus;
  summary(state: WorkflowState): StateSummary | undefined;
  isTaken(transition: PlacedTransition): boolean;
}

export function createOverlay(path: ExecutionPath): Overlay {
  const summaries = summarizeStates(path);
  const steps = new Set(path.visits.flatMap(stepsOf));
  return {
    status: ({ name }) => summaries.get(name)?.status ?? 'NOT_RUN',
    summary: ({ name }) => summaries.get(name),
    isTaken({ routes }) {
      return routes.some(({ from, to, transition }) =>
        from === undefined ? path.visits.length > 0 : steps.has(step(from, to, transition?.kind)),
      );
    },
  };
}

/** The transitions that a visit may have taken: for an error or the usual ones. A history does not name the rule. */
function stepsOf(visit: StateVisit): string[] {
  const { name, status, next } = visit;
  if (next) return [step(name, next.name, status === 'CAUGHT' ? 'catch' : 'next')];
  const hasEnded = status === 'SUCCEEDED' || (status === 'FAILED' && visit.type === 'Fail');
  return hasEnded && visit.scope === undefined ? [step(name, undefined)] : [];
}

function step(from: string, to: string | undefined, kind?: string): string {
  return JSON.stringify([from, to, kind]);
}
