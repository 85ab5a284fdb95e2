import { UserError } from '../../user-error';
import { ITEM_KINDS, type ItemKind } from './items';
import { type CoverageReport, type MachineCoverage, percent } from './report';
import { inPercent, notExercised } from './table';

/** The lowest allowed coverage of each state machine, in percent: of all items, or by kind. */
export type Threshold = number | { readonly [K in ItemKind | 'all']?: number };

/** The coverage is below the threshold. The message lists the missed items. */
export class CoverageThresholdError extends UserError {
  override readonly name = 'CoverageThresholdError';

  constructor(
    lines: readonly string[],
    /** The state machines that are below the threshold. */
    readonly stateMachines: readonly MachineCoverage[],
  ) {
    const missed = stateMachines.map((machine) => `\n\n${notExercised(machine).trimEnd()}`);
    super(`The coverage threshold is not reached:\n${lines.join('\n')}${missed.join('')}`);
  }
}

/** An invalid threshold: an unknown kind, or a number that is not a percentage. */
class InvalidThresholdError extends UserError {
  override readonly name = 'InvalidThresholdError';
}

/** @throws InvalidThresholdError */
export function checkThreshold(threshold: Threshold): void {
  for (const [kind, least] of limits(threshold)) {
    if (kind !== 'all' && !ITEM_KINDS.includes(kind)) {
      throw new InvalidThresholdError(
        `The coverage threshold has no "${kind}". It has ${ITEM_KINDS.join(', ')} and all.`,
      );
    }
    if (!(least >= 0 && least <= 100)) {
      throw new InvalidThresholdError(
        `The coverage threshold ${kind}: ${least} is not a percentage from 0 to 100.`,
      );
    }
  }
}

/**
 * The error with every shortfall, or undefined if the threshold is reached.
 * @param names the state machines that must be deployed
 */
export function shortfall(
  { stateMachines }: CoverageReport,
  threshold: Threshold,
  names: readonly string[] = [],
): CoverageThresholdError | undefined {
  const deployed = new Set(stateMachines.map(({ name }) => name));
  const absent = names.filter((name) => !deployed.has(name));
  const below = stateMachines
    .map((machine) => ({ machine, lines: shortfallsOf(machine, threshold) }))
    .filter(({ lines }) => lines.length > 0);
  const lines = [
    ...absent.map((name) => `  ${name}: no test deploys it`),
    ...below.flatMap((each) => each.lines),
  ];
  if (lines.length === 0) return undefined;
  return new CoverageThresholdError(
    lines,
    below.map(({ machine }) => machine),
  );
}

function shortfallsOf({ name, summary }: MachineCoverage, threshold: Threshold): string[] {
  return limits(threshold)
    .filter(([kind, least]) => percent(summary[kind]) < least)
    .map(([kind, least]) => {
      const { found, hit } = summary[kind];
      return `  ${name}, ${kind}: ${hit} of ${found} exercised, ${inPercent(summary[kind])}; at least ${least} % are needed`;
    });
}

function limits(threshold: Threshold): [kind: ItemKind | 'all', least: number][] {
  const byKind = typeof threshold === 'number' ? { all: threshold } : threshold;
  return Object.entries(byKind) as [ItemKind | 'all', number][];
}
