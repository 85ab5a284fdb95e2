/** What `$$` and `$states` have (Developer Guide, "Accessing execution data from the Context object"). */
import { didYouMeanOneOf, quoted } from '../../did-you-mean';

/** Fields by name; `true` for any value. */
type Fields = { readonly [name: string]: Fields | true };

const CONTEXT: Fields = {
  Execution: {
    Id: true,
    Input: true,
    Name: true,
    RoleArn: true,
    StartTime: true,
    RedriveCount: true,
    RedriveTime: true,
  },
  State: { EnteredTime: true, Name: true, RetryCount: true },
  StateMachine: { Id: true, Name: true },
  Task: { Token: true },
  Map: { Item: { Index: true, Value: true, Key: true, Source: true } },
};

const STATES: Fields = { input: true, result: true, errorOutput: true, context: CONTEXT };

/** Says which field of `$$`, the context object, does not exist; undefined when all do. AWS may add fields. */
export const faultInContext = (names: readonly string[]): string | undefined => faultIn(CONTEXT, '$$', names);

/** Says which field of `$states` does not exist; undefined when all do. */
export const faultInStates = (names: readonly string[]): string | undefined =>
  faultIn(STATES, '$states', names);

function faultIn(fields: Fields, owner: string, [name, ...rest]: readonly string[]): string | undefined {
  if (name === undefined) return undefined;
  const inner = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (inner === true) return undefined;
  if (inner !== undefined) return faultIn(inner, `${owner}.${name}`, rest);
  return `${owner} does not have the field "${name}". ${didYouMeanOneOf(name, Object.keys(fields), quoted)}`;
}
