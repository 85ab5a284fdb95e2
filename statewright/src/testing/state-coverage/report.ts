import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../../compare-text';
import { type CoverageItem, ITEM_KINDS, type ItemKind } from './items';
import type { CoverageLine } from './recorder';

/** The number of items and of exercised items, like LF and LH of lcov. */
export interface Count {
  readonly found: number;
  readonly hit: number;
}

/** Counts by kind of item, and of all items. */
export type Summary = Readonly<Record<ItemKind | 'all', Count>>;

/** The coverage of a state machine. */
export interface MachineCoverage {
  /** The state machine's name. */
  readonly name: string;
  /** The number of executions. */
  readonly executions: number;
  readonly summary: Summary;
  /** The items, each with the number of its hits. */
  readonly items: readonly (CoverageItem & { readonly hits: number })[];
}

/** The coverage of a test run, and the content of the coverage file. */
export interface CoverageReport {
  readonly version: 1;
  /** The counts over all state machines. */
  readonly summary: Summary;
  /** The state machines by name; two definitions with one name are two entries. */
  readonly stateMachines: readonly MachineCoverage[];
}

/**
 * Combines the files of the workers of a test run.
 * @param names the names of the state machines that count (default: all)
 */
export function readCoverage(folder: string, names?: readonly string[]): CoverageReport {
  const lines = readdirSync(folder)
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
    .filter(Boolean)
    .map((line) => JSON.parse(line) as CoverageLine)
    .filter((line) => !('name' in line) || names === undefined || names.includes(line.name));
  return coverageReport(lines);
}

/** Adds up lines, in any order. */
export function coverageReport(lines: readonly CoverageLine[]): CoverageReport {
  const machines = new Map(lines.flatMap((line) => ('items' in line ? [[line.id, line] as const] : [])));
  const stateMachines = [...machines.values()]
    .map(({ id, name, items }) => {
      const executions = lines.flatMap((line) => ('hits' in line && line.id === id ? [line.hits] : []));
      const counted = countHits(items, executions.flat());
      return { name, executions: executions.length, summary: summarize(counted), items: counted };
    })
    .sort(
      (a, b) => compareText(a.name, b.name) || compareText(JSON.stringify(a.items), JSON.stringify(b.items)),
    );
  const summary = summarize(stateMachines.flatMap(({ items }) => items));
  return { version: 1, summary, stateMachines };
}

function countHits(items: readonly CoverageItem[], hits: readonly string[]): MachineCoverage['items'] {
  const counts = new Map<string, number>();
  for (const location of hits) counts.set(location, (counts.get(location) ?? 0) + 1);
  return items.map((item) => ({ ...item, hits: counts.get(item.location) ?? 0 }));
}

function summarize(items: MachineCoverage['items']): Summary {
  const count = (some: MachineCoverage['items']): Count => ({
    found: some.length,
    hit: some.filter(({ hits }) => hits > 0).length,
  });
  const byKind = ITEM_KINDS.map((kind) => [kind, count(items.filter((item) => item.kind === kind))] as const);
  return { ...(Object.fromEntries(byKind) as Record<ItemKind, Count>), all: count(items) };
}

/** In percent, rounded down to two places, so that 100 means all. It is 100 if nothing was found. */
export function percent({ found, hit }: Count): number {
  return found === 0 ? 100 : Math.floor((hit / found) * 10_000) / 100;
}
