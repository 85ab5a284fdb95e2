import { ITEM_KINDS } from './items';
import { type Count, type CoverageReport, type MachineCoverage, percent, type Summary } from './report';

const HEAD = ['State machine', 'Executions', 'States', 'Transitions', 'Choices', 'Retries', 'Catches', 'All'];

/** The report as text: a line for each state machine. */
export function coverageTable({ stateMachines, summary }: CoverageReport): string {
  const executions = stateMachines.reduce((sum, machine) => sum + machine.executions, 0);
  const rows = [
    HEAD,
    ...stateMachines.map((machine) => row(machine.name, machine.executions, machine.summary)),
    ...(stateMachines.length > 1 ? [row('All', executions, summary)] : []),
  ];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const table = rows.map((cells) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return ['State machine coverage', '', ...table, ''].join('\n');
}

function row(name: string, executions: number, summary: Summary): string[] {
  const counts = ITEM_KINDS.map((kind) => {
    const { found, hit } = summary[kind];
    return found === 0 ? '-' : `${hit}/${found}`;
  });
  return [name, String(executions), ...counts, inPercent(summary.all)];
}

/** The items of a state machine that no test has exercised, as text; empty if there are none. */
export function notExercised({ name, items }: MachineCoverage): string {
  const lines = items
    .filter(({ hits }) => hits === 0)
    .map(({ label, location }) => `  ${label}  (${location})\n`);
  return lines.length === 0 ? '' : `Not exercised in ${name}:\n${lines.join('')}`;
}

/** A percentage, such as `87.5 %`. */
export function inPercent(count: Count): string {
  return `${percent(count)} %`;
}
