const TIMESTAMP =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2}(?::\d{2})?)$/;

/**
 * Parses a timestamp as Step Functions does: ISO 8601's extended format with an offset, up to nanoseconds.
 * @returns epoch milliseconds, or `undefined` when the text is not a timestamp
 */
export function parseTimestamp(text: string): number | undefined {
  const parts = TIMESTAMP.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '', offset = 'Z'] = parts;
  const fields = [
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  ] as const;
  const date = new Date(Date.UTC(...fields));
  // Date carries an overflow into the next field; such a text is not a timestamp.
  const exact =
    date.getUTCMonth() === fields[1] &&
    date.getUTCDate() === fields[2] &&
    fields[3] < 24 &&
    fields[4] < 60 &&
    fields[5] < 60;
  return exact ? date.getTime() + Number(`0.${fraction || '0'}`) * 1000 - offsetOf(offset) : undefined;
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0;
  const [hours = 0, minutes = 0, seconds = 0] = text.slice(1).split(':').map(Number);
  return (text.startsWith('-') ? -1 : 1) * ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
