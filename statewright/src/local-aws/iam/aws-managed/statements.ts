/** A statement of a policy document, as JSON. */
export type JsonStatement = Readonly<Record<string, unknown>>;

/** The statements of policies, by path and name: what follows `arn:aws:iam::aws:policy/`. */
export type AwsManagedPolicies = Readonly<Record<string, readonly JsonStatement[]>>;

/** Actions, one text for each service (`logs: CreateLogStream PutLogEvents`), or `*`. */
type Actions = string | readonly string[];
type Resources = string | readonly string[];

const allowing =
  (element: 'Action' | 'NotAction') =>
  (actions: Actions, Resource: Resources = '*', Condition?: object): JsonStatement => ({
    Effect: 'Allow',
    [element]: [actions].flat().flatMap(namesOf),
    Resource,
    ...(Condition && { Condition }),
  });

export const allow = allowing('Action');
export const allowAllBut = allowing('NotAction');

/** `logs: A B` as `logs:A` and `logs:B`. */
function namesOf(actions: string): string[] {
  const [service, names] = actions.split(': ');
  return names === undefined ? [actions] : names.split(' ').map((name) => `${service}:${name}`);
}
