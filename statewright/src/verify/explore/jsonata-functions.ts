import { ANY_JSON, MISSING } from './references';

/** Whether a function of a list returns its items, or some of them. */
export const keepsItems = (name: string): boolean =>
  /^(?:distinct|filter|reverse|shuffle|single|sort)$/.test(name);

/** What the parameters of a function are that another function, such as `$map`, calls for each item of a list. */
export function itemParameters<T>(name: string, item: T | undefined): (T | undefined)[] {
  switch (name) {
    case 'map':
    case 'filter':
    case 'single':
      return [item];
    case 'sort':
      return [item, item];
    case 'reduce':
      return [undefined, item];
    default:
      return [];
  }
}

const OF_NUMBERS =
  /^(?:sum|max|min|average|abs|floor|ceil|round|sqrt|power|number|range|format(?:Number|Base|Integer))$/;

/**
 * The values that an argument of a function needs (JSONata documentation, "Function Library").
 *
 * @param index of the argument
 * @param next the next argument, if it is a literal
 */
export function wantedBy(name: string, index: number, next?: unknown): readonly unknown[] {
  if (index > 0) return /^(?:power|range|round|partition)$/.test(name) ? [1] : [];
  if (OF_NUMBERS.test(name)) return [1];
  switch (name) {
    case 'parse':
      return [ANY_JSON];
    case 'exists':
      return [MISSING];
    case 'not':
    case 'boolean':
      return [true, false];
    case 'contains':
      return typeof next === 'string' ? [next, 'example'] : [];
    case 'toMillis':
      return ['2024-01-01T00:00:00Z'];
    case 'fromMillis':
      return [1_704_067_200_000];
    case 'base64decode':
      return ['ZXhhbXBsZQ=='];
    case 'lookup':
      return [typeof next === 'string' ? { [next]: 'example' } : {}];
    default:
      return [];
  }
}
