import { isObject } from '../../is-object';
import { type Check, described, schemaOf, string } from './checks';
import type { JsonSchema, SchemaPlace } from './json-schema';
import { type Field, object } from './object';
import type { Place } from './place';
import { state } from './state';

/**
 * A state machine, a branch or a processor: `fields` are its fields in addition to its states. A scope holds
 * states, and a Parallel or a Map holds scopes: their three files import each other.
 */
export function scope(fields: Readonly<Record<string, Field>> = {}): Check {
  return object({
    // In the order in which the API names them.
    required: ['States', 'StartAt'],
    fields: { Comment: string, StartAt: string, States: described(schemaOfStates, states), ...fields },
  });
}

function schemaOfStates(at: SchemaPlace): JsonSchema {
  return { type: 'object', minProperties: 1, additionalProperties: schemaOf(state, at) };
}

// A declaration, not a constant: scopes hold states, which hold scopes, and these modules import each other.
function states(value: unknown, at: Place): void {
  if (!isObject(value)) at.error('Expected value of type Object');
  // The API's message for an empty list.
  else if (Object.keys(value).length === 0) at.error('Value cannot be empty');
  else {
    for (const [name, content] of Object.entries(value))
      at.field(name).later((place) => state(content, place));
  }
}
