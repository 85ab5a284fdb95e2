import { ExpressionError } from '../errors';
import { toText } from '../value';
import type { Functions } from './function';

const RFC3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|([+-])(\d\d):(\d\d))$/;

/** A time, and the minutes that its zone is ahead of UTC. */
interface Timestamp {
  readonly milliseconds: number;
  readonly offset: number;
}

const written = (date: Date) => date.toISOString().replace(/\.\d+Z$/, 'Z');

/** Terraform documentation, "Date and Time Functions". */
export const dateFunctions: Functions = {
  formatdate: ([format = null, time = null], place) =>
    formatDate(toText(format, place), read(toText(time, place), place), place),
  plantimestamp: (_values, _place, { now }) => written(now()),
  timeadd: ([time = null, duration = null], place) => {
    const { milliseconds, offset } = read(toText(time, place), place);
    const added = milliseconds + durationOf(toText(duration, place), place);
    const text = written(new Date(added + offset * 60_000));
    return offset === 0 ? text : text.replace('Z', zoneText(offset, ':'));
  },
  timecmp: ([a = null, b = null], place) =>
    Math.sign(read(toText(a, place), place).milliseconds - read(toText(b, place), place).milliseconds),
  timestamp: (_values, _place, { now }) => written(now()),
};

function read(text: string, place: string): Timestamp {
  const [, time, zone, sign, hours, minutes] = RFC3339.exec(text) ?? [];
  if (time === undefined)
    throw new ExpressionError(place, `expected an RFC 3339 timestamp, found ${JSON.stringify(text)}`);
  const offset = zone === 'Z' ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return { milliseconds: Date.parse(text), offset };
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1e3,
  m: 6e4,
  h: 36e5,
};

/** Milliseconds of a duration as Go writes it: `1h30m`, `-10s`. */
function durationOf(text: string, place: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  const [sign = ''] = /^[-+]/.exec(text) ?? [];
  if (text === '' || sign + parts.map(([part]) => part).join('') !== text) {
    throw new ExpressionError(place, `expected a duration such as 1h30m, found ${JSON.stringify(text)}`);
  }
  const total = parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0), 0);
  return sign === '-' ? -total : total;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const two = (number: number) => String(number).padStart(2, '0');

/** `+02:00` */
function zoneText(offset: number, separator: string): string {
  const ahead = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}${separator}${two(ahead % 60)}`;
}

function formatDate(format: string, { milliseconds, offset }: Timestamp, place: string): string {
  const date = new Date(milliseconds + offset * 60_000);
  const zone = (separator: string) => zoneText(offset, separator);
  const hour = date.getUTCHours();
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const day = DAYS[date.getUTCDay()] ?? '';
  const parts: Readonly<Record<string, string>> = {
    YYYY: String(date.getUTCFullYear()).padStart(4, '0'),
    YY: two(date.getUTCFullYear() % 100),
    MMMM: month,
    MMM: month.slice(0, 3),
    MM: two(date.getUTCMonth() + 1),
    M: String(date.getUTCMonth() + 1),
    DD: two(date.getUTCDate()),
    D: String(date.getUTCDate()),
    EEEE: day,
    EEE: day.slice(0, 3),
    hh: two(hour),
    h: String(hour),
    HH: two(hour % 12 || 12),
    H: String(hour % 12 || 12),
    AA: hour < 12 ? 'AM' : 'PM',
    aa: hour < 12 ? 'am' : 'pm',
    mm: two(date.getUTCMinutes()),
    m: String(date.getUTCMinutes()),
    ss: two(date.getUTCSeconds()),
    s: String(date.getUTCSeconds()),
    ZZZZZ: zone(':'),
    ZZZZ: zone(''),
    ZZZ: offset === 0 ? 'UTC' : zone(''),
    Z: offset === 0 ? 'Z' : zone(':'),
  };
  return format.replace(/'((?:[^']|'')*)'|([A-Za-z])\2*/g, (part, quoted) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted.replaceAll("''", "'");
    const value = parts[part];
    if (value === undefined) throw new ExpressionError(place, `formatdate() does not know ${part}`);
    return value;
  });
}
