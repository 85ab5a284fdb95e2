/** The version to which an alias routes a part of its executions. */
export interface Route {
  /** The version's number. */
  readonly version: string;
  /** In percent. */
  readonly weight: number;
}

/** A version or an alias of a state machine: what comes after the state machine's ARN and a colon. */
export interface Qualifier {
  /** The number of a version, or the name of an alias. */
  readonly name: string;
  readonly creationDate: Date;
  /** Of an alias; undefined for a version. */
  readonly routes?: readonly Route[];
}

/** `version 3`, or `alias live → version 3 (90 %), version 2 (10 %)`. */
export function qualifierLabel({ name, routes }: Qualifier): string {
  return routes ? `alias ${name} → ${routesLabel(routes)}` : `version ${name}`;
}

/** `version 3`, or `version 3 (90 %), version 2 (10 %)`. */
export function routesLabel(routes: readonly Route[]): string {
  const share = (weight: number) => (routes.length > 1 ? ` (${weight} %)` : '');
  return routes.map(({ version, weight }) => `version ${version}${share(weight)}`).join(', ');
}
