import { formatDuration } from '../../duration';
import type { ExecutionOutcome } from '../../engine/execution/execution';
import type { HistoryEvent, JsonText } from '../../history/events';
import { type ExecutionPath, executionPath } from '../../history/execution-path';
import { renderPath } from './path';
import { type Cell, renderTable } from './table';
import type { Terminal } from './terminal';
import { plainText, wrap } from './text';

/** A log event of CloudWatch Logs. */
export interface LogLine {
  readonly logGroup: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

/** An ended execution with the log lines of its functions. */
interface ExecutionReport {
  /** The title, such as `Execution with {"fail": true}`. */
  readonly title: string;
  readonly input: JsonText;
  readonly events: readonly HistoryEvent[];
  readonly outcome: ExecutionOutcome;
  /** What it is billed for, in words. */
  readonly billed?: readonly string[];
  readonly logs: readonly LogLine[];
}

/** An execution as text: its status, path, output, events and log lines. Ends with a line break. */
export function renderExecution(report: ExecutionReport, terminal: Terminal): string {
  const path = executionPath(report.events);
  const duration = (path.endedAt ?? 0) - (path.startedAt ?? 0);
  const { outcome } = report;
  const { good, bad, strong, faint } = terminal.paint;
  const status =
    outcome.status === 'SUCCEEDED'
      ? good('✓ Succeeded')
      : bad(`✗ ${outcome.status[0]}${statusWord(outcome.status)}`);
  const fields: (readonly [string, readonly string[]])[] = [
    ['Status', [`${status} ${faint(`in ${formatDuration(duration)}`)}`]],
    ['Path', renderPath(path, terminal, terminal.columns - FIELD_INDENT)],
    ['Input', value(report.input, terminal)],
    ...outcomeFields(outcome, terminal),
    ...(report.billed ? [['Billed', report.billed] as const] : []),
  ];
  return [
    strong(wrap(plainText(report.title), terminal.columns).join('\n')),
    '',
    ...fields.flatMap(([name, lines]) => field(name, lines, terminal)),
    '',
    ...eventsTable(report.events, path, terminal),
    ...logLines(report.logs, terminal),
    '',
  ].join('\n');
}

const FIELD_INDENT = 10;

function statusWord(status: string): string {
  return status.slice(1).toLowerCase().replace('_', ' ');
}

function outcomeFields(
  outcome: ExecutionOutcome,
  terminal: Terminal,
): (readonly [string, readonly string[]])[] {
  if (outcome.status === 'SUCCEEDED') return [['Output', value(outcome.output, terminal)]];
  return [
    ...(outcome.error === undefined ? [] : [['Error', value(outcome.error, terminal)] as const]),
    ...(outcome.cause === undefined ? [] : [['Cause', value(outcome.cause, terminal)] as const]),
  ];
}

function value(text: string, terminal: Terminal): string[] {
  return text.split('\n').flatMap((line) => wrap(plainText(line), terminal.columns - FIELD_INDENT));
}

function field(name: string, lines: readonly string[], { paint }: Terminal): string[] {
  const label = `  ${paint.faint(name)}${' '.repeat(FIELD_INDENT - 2 - name.length)}`;
  return lines.map((line, i) => (i === 0 ? label : ' '.repeat(FIELD_INDENT)) + line);
}

function eventsTable(
  events: readonly HistoryEvent[],
  { visitByEvent }: ExecutionPath,
  terminal: Terminal,
): string[] {
  const startedAt = events[0]?.timestamp ?? 0;
  const rows = events.map((event): Cell[] => {
    return [
      { text: String(event.id) },
      { text: String(event.previousEventId), paint: terminal.paint.faint },
      { text: event.type, ...eventPaint(event.type, terminal) },
      { text: visitByEvent.get(event.id)?.name ?? '', paint: terminal.paint.accent },
      { text: formatDuration(event.timestamp - startedAt), paint: terminal.paint.faint },
    ];
  });
  return renderTable(
    [
      { title: 'ID', align: 'right' },
      { title: 'PREV', align: 'right', optional: true },
      { title: 'TYPE', narrow: 'cut middle' },
      { title: 'STATE', narrow: 'cut end' },
      { title: 'ELAPSED', align: 'right', optional: true },
    ],
    rows,
    terminal,
  );
}

function eventPaint(type: string, { paint }: Terminal): Pick<Cell, 'paint'> {
  if (/(Failed|TimedOut|Aborted)$/.test(type)) return { paint: paint.bad };
  if (type === 'ExecutionSucceeded') return { paint: paint.good };
  return {};
}

/** The log groups in the order of their first lines, each with its lines. */
function logLines(logs: readonly LogLine[], terminal: Terminal): string[] {
  const groups = new Map<string, LogLine[]>();
  for (const line of logs) {
    const lines = groups.get(line.logGroup);
    if (lines) lines.push(line);
    else groups.set(line.logGroup, [line]);
  }
  return [...groups].flatMap(([logGroup, lines]) => [
    '',
    `  ${terminal.paint.accent(plainText(logGroup))}`,
    ...lines.flatMap(({ message }) => messageLines(message, terminal)),
  ]);
}

/** Lambda's own lines (START, END, REPORT) are faint, so that what the handler said stands out. */
function messageLines(message: string, terminal: Terminal): string[] {
  const paint = /^(INIT_START|START|END|REPORT) /.test(message) ? terminal.paint.faint : String;
  return message
    .trimEnd()
    .split('\n')
    .flatMap((line) => wrap(plainText(line), terminal.columns - 6))
    .map((line, i) => `  ${i === 0 ? '  ' : '    '}${paint(line)}`);
}
