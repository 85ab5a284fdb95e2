import { UserError } from '../../user-error';
import { ITEM_KINDS, type ItemKind } from './items';
import { type CoverageReport, type MachineCoverage, percent, type Summary } from './report';
import { inPercent } from './table';

/** The least that every state machine must reach, in percent: of everything together, or kind by kind. */
export type Threshold = number | { readonly [K in ItemKind | 'all']?: number };

/** The tests exercised less than they have to. */
export class CoverageThresholdError extends UserError {
  override readonly name = 'CoverageThresholdError';
}

/** A threshold that is none: a kind that does not exist, or a number that is no percentage. */
export class InvalidThresholdError extends UserError {
  override readonly name = 'InvalidThresholdError';
}

/** @throws InvalidThresholdError */
export function checkThreshold(threshold: Threshold): void {
  for (const [kind, least] of limits(threshold)) {
    if (kind !== 'all' && !ITEM_KINDS.includes(kind)) {
      throw new InvalidThresholdError(
        `The coverage threshold has no "${kind}": there is ${ITEM_KINDS.join(', ')} and all.`,
      );
    }
    if (!(least >= 0 && least <= 100)) {
      throw new InvalidThresholdError(
        `The coverage threshold ${kind}: ${least} is no percentage from 0 to 100.`,
      );
    }
  }
}

/**
 * The error with every shortfall, or nothing when the threshold is reached.
 * @param names state machines that must be there
 */
export function shortfall(
  { stateMachines }: CoverageReport,
  threshold: Threshold,
  names: readonly string[] = [],
): CoverageThresholdError | undefined {
  const deployed = new Set(stateMachines.map(({ name }) => name));
  const lines = [
    ...names.filter((name) => !deployed.has(name)).map((name) => `  ${name}: no test deploys it`),
    ...stateMachines.flatMap((machine) =>
      limits(threshold)
        .filter(([kind, least]) => percent(machine.summary[kind]) < least)
        .map(([kind, least]) => describe(machine, kind, least)),
    ),
  ];
  if (lines.length === 0) return undefined;
  return new CoverageThresholdError(`The coverage threshold is not reached:\n${lines.join('\n')}`);
}

function describe({ name, summary }: MachineCoverage, kind: keyof Summary, least: number): string {
  const { found, hit } = summary[kind];
  return `  ${name}, ${kind}: ${hit} of ${found} exercised, ${inPercent(summary[kind])}; at least ${least} % are needed`;
}

function limits(threshold: Threshold): [kind: ItemKind | 'all', least: number][] {
  const byKind = typeof threshold === 'number' ? { all: threshold } : threshold;
  return Object.entries(byKind) as [ItemKind | 'all', number][];
}
