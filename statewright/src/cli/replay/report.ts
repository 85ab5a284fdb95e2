import type { HistoryEvent } from '../../history/events';
import { describeDifference, describeOutcome } from '../../verify/replay/describe';
import {
  DIFFERENCE_KINDS,
  type Difference,
  type DifferenceKind,
  type Replay,
} from '../../verify/replay/replay';
import { githubAnnotation } from '../github-annotation';
import { counted, plainText, renderTable, type Terminal } from '../terminal';

/** A history and its replay. */
export interface Replayed {
  /** The history's file, or the execution's name in a log. */
  readonly name: string;
  readonly replay: Replay;
}

/** One kind of difference: how many histories have it, and the first of them. */
interface KindRow {
  readonly kind: DifferenceKind;
  readonly histories: number;
  readonly example: { readonly name: string; readonly difference: Difference };
}

/** A few histories one by one; many as a table by kind of difference. Ends with a line break. */
export function renderReplays(
  all: readonly Replayed[],
  allowed: ReadonlySet<DifferenceKind>,
  terminal: Terminal,
): string {
  const lines = all.length <= 3 ? all.flatMap((each) => historyLines(each, allowed, terminal)) : [];
  const rows = kindRows(all);
  return [
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    ...(all.length > 3 && rows.length > 0 ? [...kindTable(rows, allowed, terminal), ''] : []),
    summary(all, allowed),
    '',
  ].join('\n');
}

function historyLines(
  { name, replay }: Replayed,
  allowed: ReadonlySet<DifferenceKind>,
  { paint }: Terminal,
): readonly string[] {
  const { differences, now, recorded, isSame } = replay;
  const fails = differences.some(({ kind }) => !allowed.has(kind));
  const mark = isSame ? paint.good('✓') : fails ? paint.bad('✗') : paint.warning('!');
  const end = isSame ? `${describeOutcome(recorded)}, the same path and outcome` : endOf(recorded, now);
  return [
    `${mark} ${plainText(name)} ${paint.faint(end)}`,
    ...differences.map(
      (difference) =>
        `    ${difference.kind.padEnd(KIND_WIDTH)}  ${plainText(describeDifference(difference))}${allowed.has(difference.kind) ? paint.faint(' (allowed)') : ''}`,
    ),
  ];
}

const KIND_WIDTH = Math.max(...DIFFERENCE_KINDS.map((kind) => kind.length));

function endOf(recorded: Replay['recorded'], now: Replay['now']): string {
  const [before, after] = [describeOutcome(recorded), now && describeOutcome(now)];
  if (after === undefined) return `${before}; its end is not known now`;
  return before === after ? `${before}, but not the same` : `${before}, now ${after}`;
}

function kindRows(all: readonly Replayed[]): readonly KindRow[] {
  return DIFFERENCE_KINDS.flatMap((kind) => {
    const having = all.flatMap(({ name, replay }) => {
      const difference = replay.differences.find((each) => each.kind === kind);
      return difference ? [{ name, difference }] : [];
    });
    const [example] = having;
    return example ? [{ kind, histories: having.length, example }] : [];
  });
}

function kindTable(
  rows: readonly KindRow[],
  allowed: ReadonlySet<DifferenceKind>,
  terminal: Terminal,
): readonly string[] {
  const { paint } = terminal;
  return renderTable(
    [{ title: 'Difference' }, { title: 'Histories', align: 'right' }, { title: 'Example' }],
    rows.map(({ kind, histories, example }) => [
      {
        text: allowed.has(kind) ? `${kind} (allowed)` : kind,
        paint: allowed.has(kind) ? paint.warning : paint.bad,
      },
      { text: String(histories) },
      { text: `${example.name}: ${describeDifference(example.difference)}` },
    ]),
    { ...terminal, columns: Number.POSITIVE_INFINITY },
    0,
  );
}

function summary(all: readonly Replayed[], allowed: ReadonlySet<DifferenceKind>): string {
  const differing = all.filter(({ replay }) => !replay.isSame);
  const failing = differing.filter((each) => isFailing(each, allowed));
  const onlyAllowed = differing.length - failing.length;
  return [
    `${counted(all.length, 'history', 'histories')} replayed: ${all.length - differing.length} the same`,
    `${failing.length} different`,
    ...(onlyAllowed > 0 ? [`${onlyAllowed} with allowed differences only`] : []),
  ].join(', ');
}

/** Whether a replay has a difference that is not allowed. */
export function isFailing({ replay }: Replayed, allowed: ReadonlySet<DifferenceKind>): boolean {
  return replay.differences.some(({ kind }) => !allowed.has(kind));
}

/** The documented fields of the JSON output. */
export function replayForJson({ name, replay }: Replayed): object {
  const { isSame, recorded, now, differences } = replay;
  return {
    history: name,
    isSame,
    recorded,
    now: now ?? null,
    differences: differences.map((difference) => ({
      ...difference,
      text: describeDifference(difference),
      ...('recorded' in difference && isEvent(difference.recorded)
        ? { recorded: shortEvent(difference.recorded) }
        : {}),
      ...('now' in difference && isEvent(difference.now) ? { now: shortEvent(difference.now) } : {}),
    })),
  };
}

const isEvent = (value: unknown): value is HistoryEvent =>
  typeof value === 'object' && value !== null && 'previousEventId' in value;

/** An event as the API answers it. */
const shortEvent = ({ timestamp, ...event }: HistoryEvent): object => ({
  timestamp: new Date(timestamp).toISOString(),
  ...event,
});

/** An annotation for each kind of difference: GitHub shows only the first ten of a step. */
export function replayAnnotations(
  all: readonly Replayed[],
  allowed: ReadonlySet<DifferenceKind>,
  file: string | undefined,
): string {
  return kindRows(all)
    .map(({ kind, histories, example }) =>
      githubAnnotation(
        allowed.has(kind) ? 'notice' : 'error',
        { file, title: `replay: ${kind}` },
        `${counted(histories, 'history', 'histories')} of ${all.length}. ${example.name}: ${describeDifference(example.difference)}`,
      ),
    )
    .join('');
}
