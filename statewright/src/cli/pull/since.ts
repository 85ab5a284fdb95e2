import { UserError } from '../../user-error';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** When a time begins, in epoch milliseconds: `12h` or `7d` before now, or a date. @throws UserError */
export function sinceTime(text: string, now: number): number {
  const [, count, unit = ''] = /^(\d+)([mhdw])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (UNITS[unit] as number);
  const date = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(date)) return date;
  throw new UserError(
    `--since ${text} is not a time.`,
    'Such as 30m, 12h, 7d, 2w, 2026-11-01 or 2026-11-01T12:00:00Z',
  );
}
