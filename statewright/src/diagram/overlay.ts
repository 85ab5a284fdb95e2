import type { ExecutionPath, StateVisit } from '../history/execution-path';
import { type StateSummary, summarizeStates } from '../history/state-summary';
import type { DiagramStatus } from './icons';
import type { PlacedTransition } from './placed';
import type { WorkflowState } from './workflow';

/** The widths of lines that show a count: their scale is logarithmic, since counts differ by orders of magnitude. */
const NARROWEST = 1;
const WIDEST = 9;

/** An execution shown on a diagram. */
export interface Overlay {
  status(state: WorkflowState): DiagramStatus;
  summary(state: WorkflowState): StateSummary | undefined;
  isTaken(transition: PlacedTransition): boolean;
  /** The width of its line; undefined for the usual one. */
  lineWidth(transition: PlacedTransition): number | undefined;
}

/** @param widthsByCount whether a transition's line is the wider the more often it was taken */
export function createOverlay(path: ExecutionPath, widthsByCount = false): Overlay {
  const summaries = summarizeStates(path);
  const steps = new Map<string, number>();
  for (const taken of path.visits.flatMap(stepsOf)) steps.set(taken, (steps.get(taken) ?? 0) + 1);
  const most = Math.max(1, ...steps.values());
  const count = ({ routes }: PlacedTransition): number =>
    routes.reduce((sum, { from, to, transition }) => {
      const taken = from === undefined ? 0 : steps.get(step(from, to, transition?.kind));
      return sum + (taken ?? 0);
    }, 0);
  return {
    status: ({ name }) => summaries.get(name)?.status ?? 'NOT_RUN',
    summary: ({ name }) => summaries.get(name),
    isTaken({ routes }) {
      return routes.some(({ from, to, transition }) =>
        from === undefined ? path.visits.length > 0 : steps.has(step(from, to, transition?.kind)),
      );
    },
    lineWidth(transition) {
      const taken = count(transition);
      if (!widthsByCount || taken === 0) return undefined;
      return NARROWEST + (WIDEST - NARROWEST) * (Math.log1p(taken) / Math.log1p(most));
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
