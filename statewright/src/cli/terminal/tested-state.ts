import { DATA_FLOW_STEPS, handlerText, type TestStateResponse } from '../../tested-state';
import type { Terminal } from './terminal';
import { plainText, wrap } from './text';

const WORDS = {
  SUCCEEDED: '✓ Succeeded',
  FAILED: '✗ Failed',
  RETRIABLE: '↻ Would be retried',
  CAUGHT_ERROR: '✓ Error caught',
} as const;

/** A tested state as text: its status, each step of its data flow, and what follows. Ends with a line break. */
export function renderTestedState(
  { status, error, cause, output, nextState, inspectionData = {} }: TestStateResponse,
  stateName: string | undefined,
  terminal: Terminal,
): string {
  const { good, bad, strong } = terminal.paint;
  const { errorDetails, request, response } = inspectionData;
  const rows: (readonly [label: string, value: unknown])[] = [
    ...Object.entries(DATA_FLOW_STEPS).map(
      ([field, label]) => [label, inspectionData[field as keyof typeof DATA_FLOW_STEPS]] as const,
    ),
    ...Object.entries(request ?? {}).map(([name, value]) => [`Request ${name}`, value] as const),
    ...Object.entries(response ?? {}).map(([name, value]) => [`Response ${name}`, value] as const),
    ['Error', error],
    ['Cause', cause],
    ['Handled by', errorDetails && handlerText(errorDetails)],
    ['Output', output],
    ['Next state', nextState],
  ];
  const shown = rows.flatMap(([label, value]) =>
    value === undefined ? [] : [[label, String(value)] as const],
  );
  const width = Math.max(6, ...shown.map(([label]) => label.length)) + 4;
  const isGood = status === 'SUCCEEDED' || status === 'CAUGHT_ERROR';
  const row = (label: string, lines: readonly string[]) =>
    lines.map((line, i) =>
      i === 0
        ? `  ${terminal.paint.faint(label)}${' '.repeat(width - 2 - label.length)}${line}`
        : ' '.repeat(width) + line,
    );
  return [
    ...(stateName === undefined ? [] : [strong(plainText(stateName)), '']),
    ...row('Status', [(isGood ? good : bad)(WORDS[status])]),
    ...shown.flatMap(([label, value]) =>
      row(
        label,
        value.split('\n').flatMap((line) => wrap(plainText(line), terminal.columns - width)),
      ),
    ),
    '',
  ].join('\n');
}
