import type { OpenTable, Table } from './table';

/**
 * The tables of each region. Those of the account's first region have the services' own names (`states.machines`), as
 * all had when an account had one region; those of another region end with its name (`states.machines.eu-west-1`).
 */
export class RegionalTables {
  readonly #openTable: OpenTable;
  readonly #firstRegion: string;
  readonly #regions: Table<Record<string, never>>;

  constructor(openTable: OpenTable, firstRegion: string) {
    this.#openTable = openTable;
    this.#firstRegion = firstRegion;
    this.#regions = openTable('account.regions');
  }

  /** The regions that were ever used. */
  get regions(): readonly string[] {
    return [...new Set([this.#firstRegion, ...this.#regions.keys()])];
  }

  /** Opens the tables of a region. */
  open(region: string): OpenTable {
    if (region === this.#firstRegion) return this.#openTable;
    if (!this.#regions.has(region)) this.#regions.set(region, {});
    return (name, options) => this.#openTable(`${name}.${region}`, options);
  }
}
