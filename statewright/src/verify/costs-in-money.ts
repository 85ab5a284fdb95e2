import { didYouMeanOneOf } from '../did-you-mean';
import { isObject } from '../is-object';
import { invalidJson } from '../json-fault';
import { UserError } from '../user-error';
import { readUserFile } from '../user-file';
import type { Usage } from './costs';

/** The prices of a file. None is built in: they differ by region and change. */
export interface Prices {
  /** The day that they are of, as `2026-11-01`. */
  readonly date: string;
  /** Such as `USD`. */
  readonly currency: string;
  readonly stateTransition?: number;
  readonly expressRequest?: number;
  readonly expressGbSecond?: number;
  readonly lambdaRequest?: number;
  readonly lambdaGbSecond?: number;
}

/** A file of prices that cannot be used. */
class PricesFileError extends UserError {
  override readonly name = 'PricesFileError';
}

const PRICES = [
  'stateTransition',
  'expressRequest',
  'expressGbSecond',
  'lambdaRequest',
  'lambdaGbSecond',
] as const;
const FIELDS = ['date', 'currency', ...PRICES];
const EXAMPLE = 'Such as: { "date": "2026-11-01", "currency": "USD", "stateTransition": 0.000025 }';

/** Reads prices from JSON. @throws PricesFileError */
export function readPrices(file: string): Prices {
  const text = readUserFile(file);
  const problem = invalidJson(file, text);
  if (problem) throw new PricesFileError(problem, EXAMPLE);
  const content: unknown = JSON.parse(text);
  if (!isObject(content)) throw new PricesFileError(`${file} must be an object of prices.`, EXAMPLE);
  const { date, currency } = content;
  if (typeof date !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(date)) {
    throw new PricesFileError(`${file} has no "date": the day that its prices are of.`, EXAMPLE);
  }
  if (typeof currency !== 'string') throw new PricesFileError(`${file} has no "currency".`, EXAMPLE);
  for (const [name, value] of Object.entries(content)) {
    if (!FIELDS.includes(name)) {
      throw new PricesFileError(`${file} has the unknown field "${name}".`, didYouMeanOneOf(name, FIELDS));
    }
    const isPrice = typeof value === 'number' && value >= 0;
    if (name !== 'date' && name !== 'currency' && !isPrice) {
      throw new PricesFileError(`${file}: "${name}" must be a price, a number of 0 or more.`, EXAMPLE);
    }
  }
  return content as unknown as Prices;
}

/** What something costs, by the prices of a file. */
interface Cost {
  readonly amount: number;
  /** What is used but has no price, or no known amount: it is not in the amount. */
  readonly missing: readonly string[];
}

/** Turns usage into money. A free tier and discounts are not counted. */
export function costOf({ stateTransitions, express, functions }: Usage, prices: Prices): Cost {
  const calls = Object.values(functions);
  const used: readonly (readonly [price: (typeof PRICES)[number], amount: number])[] = [
    ['stateTransition', stateTransitions],
    ['expressRequest', express.requests],
    ['expressGbSecond', express.gbSeconds],
    ['lambdaRequest', calls.reduce((total, { requests }) => total + requests, 0)],
    ['lambdaGbSecond', calls.reduce((total, each) => total + (each.gbSeconds ?? 0), 0)],
  ];
  const unknownMemory = Object.entries(functions).filter(([, { gbSeconds }]) => gbSeconds === undefined);
  return {
    amount: used.reduce((total, [name, amount]) => total + amount * (prices[name] ?? 0), 0),
    missing: [
      ...used
        .filter(([name, amount]) => amount > 0 && prices[name] === undefined)
        .map(([name]) => `the price "${name}"`),
      ...unknownMemory.map(([name]) => `the memory of the function ${name}`),
    ],
  };
}
