const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration in words, in its two largest units: `12 ms`, `1.25 s`, `3 min 4 s`, `2 h 5 min`, `1 d 0 h`. */
export function formatDuration(milliseconds: number): string {
  const rounded = Math.max(0, Math.round(milliseconds));
  if (rounded < SECOND) return `${rounded} ms`;
  if (rounded < MINUTE) return `${Number((Math.floor(rounded / 10) / 100).toFixed(2))} s`;
  if (rounded < HOUR)
    return `${Math.floor(rounded / MINUTE)} min ${Math.floor((rounded % MINUTE) / SECOND)} s`;
  if (rounded < DAY) return `${Math.floor(rounded / HOUR)} h ${Math.floor((rounded % HOUR) / MINUTE)} min`;
  return `${Math.floor(rounded / DAY)} d ${Math.floor((rounded % DAY) / HOUR)} h`;
}
