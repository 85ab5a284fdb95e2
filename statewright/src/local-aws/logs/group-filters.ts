import { AwsError } from '../aws-error';
import type { OpenTable, Table } from '../table';
import { logsPage } from './paging';

/** A subscription filter or a metric filter, as it is kept. */
interface GroupFilter {
  readonly logGroupName: string;
  readonly filterName: string;
}

interface FilterListing {
  readonly filterNamePrefix?: string;
  readonly limit?: number;
  readonly nextToken?: string;
}

/** The filters of log groups, of one kind. */
export class GroupFilters<F extends GroupFilter> {
  readonly #table: Table<F>;
  readonly #kind: 'subscription' | 'metric';
  /** By group, by name: every event that is written asks for those of its group. */
  readonly #byGroup = new Map<string, Map<string, F>>();

  constructor(openTable: OpenTable, kind: 'subscription' | 'metric') {
    this.#table = openTable(`logs.${kind}-filters`);
    this.#kind = kind;
    for (const filter of this.#table.values()) this.#index(filter);
  }

  /** A group's filters in order of name; without a group, those of all groups. */
  of(logGroupName?: string): F[] {
    const filters =
      logGroupName === undefined
        ? [...this.#table.values()]
        : [...(this.#byGroup.get(logGroupName)?.values() ?? [])];
    return filters.sort((a, b) => (a.filterName < b.filterName ? -1 : 1));
  }

  get(logGroupName: string, filterName: string): F | undefined {
    return this.#byGroup.get(logGroupName)?.get(filterName);
  }

  set(filter: F): void {
    this.#table.set(keyOf(filter), filter);
    this.#index(filter);
  }

  /** @throws AwsError ResourceNotFoundException */
  delete(filter: GroupFilter): void {
    if (!this.#table.delete(keyOf(filter))) {
      const message = `The specified ${this.#kind} filter does not exist.`;
      throw new AwsError('ResourceNotFoundException', message);
    }
    this.#byGroup.get(filter.logGroupName)?.delete(filter.filterName);
  }

  deleteAllOf(logGroupName: string): void {
    this.#table.deleteAll(this.of(logGroupName).map(keyOf));
    this.#byGroup.delete(logGroupName);
  }

  #index(filter: F): void {
    const named = this.#byGroup.get(filter.logGroupName) ?? new Map<string, F>();
    this.#byGroup.set(filter.logGroupName, named.set(filter.filterName, filter));
  }
}

/** Neither name has a colon. */
const keyOf = ({ logGroupName, filterName }: GroupFilter) => `${logGroupName}:${filterName}`;

/** One page of filters whose names have a prefix. */
export function filtersPage<F extends GroupFilter>(
  filters: readonly F[],
  { filterNamePrefix = '', ...request }: FilterListing,
) {
  return logsPage(
    filters.filter(({ filterName }) => filterName.startsWith(filterNamePrefix)),
    request,
  );
}
