import { endText, errorList, type Finding, type Row } from '../../verify/explore';
import { type Cell, counted, plainText, renderTable, type Terminal, wrap } from '../terminal';
import type { Change } from './expected';
import type { ExploredMachine } from './explored-machine';

/** The table of a state machine, what it points out, and the limits that were reached. Ends with a line break. */
export function renderExploration(explored: ExploredMachine, terminal: Terminal): string {
  const { stateMachine, rows, findings, limits, executions } = explored;
  const { strong, faint, warning } = terminal.paint;
  return [
    `${strong(plainText(stateMachine))} ${faint(`${counted(executions, 'execution')}`)}`,
    '',
    ...renderRows(rows, terminal),
    ...(findings.length > 0 ? [''] : []),
    ...findings.flatMap((finding) => findingLines(finding, terminal)),
    ...(limits.length > 0 ? [''] : []),
    ...limits.flatMap((limit) => indented(`${warning('!')} `, `Limit: ${limit}`, terminal)),
    '',
  ].join('\n');
}

/** The rows that differ from the agreed table. Ends with a line break. */
export function renderChanges(changes: readonly Change[], file: string, terminal: Terminal): string {
  const { good, bad } = terminal.paint;
  if (changes.length === 0) return `${good('✓')} Every error ends as in ${file}\n`;
  const lines = changes.map(({ stateMachine, row, isNew }) => {
    const text = `${plainText(stateMachine)}: ${plainText(sentence(row))}`;
    return isNew ? good(`+ ${text}`) : bad(`- ${text}`);
  });
  return [
    `${bad('✗')} ${count(changes.length, 'row')} differ${changes.length === 1 ? 's' : ''} from ${file}`,
    ...lines,
    '',
  ].join('\n');
}

function sentence(row: Row): string {
  const who = row.state === '' ? 'no error' : `${row.state} ${row.error}`;
  return `${who}: ${[handlingText(row), endText(row.end)].filter(Boolean).join(', ')}`;
}

/** Rows of one state that differ only in the error are one line. */
function renderRows(rows: readonly Row[], terminal: Terminal): string[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.state, row.retries, row.caughtBy, row.end]);
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  const cells = [...groups.values()].map((group) => line(group, terminal));
  return renderTable(
    [
      { title: 'STATE', narrow: 'wrap' },
      { title: 'ERROR', narrow: 'wrap' },
      { title: 'AFTER', narrow: 'cut end', optional: true },
      { title: 'HANDLED BY', narrow: 'wrap' },
      { title: 'ENDS', narrow: 'wrap' },
    ],
    cells,
    terminal,
  );
}

function line(group: readonly Row[], { paint }: Terminal): Cell[] {
  const [row] = group as [Row];
  const before = (row.state === '' ? row.steps : row.steps.slice(0, -1)).map(
    ({ visit, outcome }) => `${visit}: ${outcome}`,
  );
  const color = { SUCCEEDED: paint.good, FAILED: paint.bad, TIMED_OUT: paint.bad, NEVER_ENDS: paint.warning };
  return [
    { text: row.state === '' ? '(no error)' : row.state, ...(row.state === '' && { paint: paint.faint }) },
    { text: errorList(group.map(({ error }) => error)) },
    { text: before.join(', '), paint: paint.faint },
    { text: handlingText(row) },
    { text: `${MARKS[row.end.status]} ${endText(row.end)}`, paint: color[row.end.status] },
  ];
}

const MARKS = { SUCCEEDED: '✓', FAILED: '✗', TIMED_OUT: '✗', NEVER_ENDS: '∞' } as const;

function handlingText({ retries, continuesIn }: Row): string {
  return [
    ...(retries > 0 ? [count(retries, 'retry', 'retries')] : []),
    ...(continuesIn === undefined ? [] : [`Catch → ${continuesIn}`]),
  ].join(', ');
}

const SEVERE: ReadonlySet<Finding['kind']> = new Set([
  'HANDLER_FAILS',
  'INPUT_LOST',
  'NEVER_ENDS',
  'FAILS_WITHOUT_ERROR',
]);

function findingLines({ kind, location, message }: Finding, terminal: Terminal): string[] {
  const { bad, warning, faint } = terminal.paint;
  const mark = SEVERE.has(kind) ? bad('✗ ') : warning('! ');
  const [first = '', ...more] = indented(mark, `${kind}: ${message}`, terminal);
  return [first, ...more, `  ${faint(plainText(location))}`];
}

function indented(mark: string, text: string, terminal: Terminal): string[] {
  return wrap(plainText(text), terminal.columns - 2).map((part, i) => (i === 0 ? mark : '  ') + part);
}

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
