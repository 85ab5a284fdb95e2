import { type ExecutionPath, isSuperseded, type StateVisit, type VisitStatus } from './execution-path';

/** All visits to one state of the definition, in summary. */
export interface StateSummary {
  readonly name: string;
  /** The most severe status of its visits: in progress, then failed, aborted, caught, succeeded. */
  readonly status: VisitStatus;
  readonly visits: readonly StateVisit[];
  /** The visit with that status. */
  readonly decisive: StateVisit;
  /** The number of retries, over all visits. */
  readonly retries: number;
  /** The error of that visit. */
  readonly error?: string;
  readonly cause?: string;
}

const BY_GRAVITY: readonly VisitStatus[] = ['IN_PROGRESS', 'FAILED', 'ABORTED', 'CAUGHT', 'SUCCEEDED'];

const gravity = ({ status }: StateVisit) => BY_GRAVITY.indexOf(status);

/**
 * Each state that was entered, by name, in the order of entry. A visit in a retried attempt of a Parallel or Map counts
 * only when the later attempt did not reach the state.
 */
export function summarizeStates(path: ExecutionPath): ReadonlyMap<string, StateSummary> {
  const visitsByName = new Map<string, StateVisit[]>();
  for (const visit of path.visits) {
    const visits = visitsByName.get(visit.name);
    if (visits) visits.push(visit);
    else visitsByName.set(visit.name, [visit]);
  }
  return new Map([...visitsByName].map(([name, visits]) => [name, summarize(name, visits)]));
}

/** @param visits at least one */
function summarize(name: string, visits: readonly StateVisit[]): StateSummary {
  const latest = visits.filter((visit) => !isSuperseded(visit));
  const counted = latest.length > 0 ? latest : visits;
  const decisive = counted.reduce((gravest, visit) => (gravity(visit) < gravity(gravest) ? visit : gravest));
  const { status, error, cause } = decisive;
  return {
    name,
    status,
    visits: counted,
    decisive,
    retries: counted.reduce((sum, { attempts }) => sum + Math.max(0, attempts.length - 1), 0),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}
