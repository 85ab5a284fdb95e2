import { cpus } from 'node:os';

/** Prints a Markdown table, all columns but the first aligned to the right, and the machine that ran the benchmark. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const width = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i ? cell.padStart(width[i] ?? 0) : cell.padEnd(width[i] ?? 0))).join(' | ')} |`;
  const rule = `| ${width.map((w, i) => (i ? `${'-'.repeat(w - 1)}:` : '-'.repeat(w))).join(' | ')} |`;
  console.log([line(head), rule, ...rows.map(line)].join('\n'));
  console.log(
    `\n${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.version}, ${process.platform} ${process.arch}\n`,
  );
}
