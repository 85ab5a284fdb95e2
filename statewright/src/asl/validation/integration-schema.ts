/** What a schema can say of a Task that calls a service: its actions, patterns and fields. */
import { INTEGRATIONS } from '../integrations';
import { type Describe, type JsonSchema, orPlaceholder } from './json-schema';

/** The schema of a Task, in addition to that of its fields. */
export const schemaOfCall: Describe = ({ language }) => {
  const isJsonPath = language === 'JSONPath';
  const request = isJsonPath ? 'Parameters' : 'Arguments';
  const services = Object.entries(INTEGRATIONS).map(([service, { waits, actions }]) =>
    whenCalling(`${service}:`, {
      properties: { Resource: { pattern: resourcePattern(Object.keys(actions ?? {}), waits) } },
    }),
  );
  const known = Object.entries(INTEGRATIONS).flatMap(([service, { actions = {} }]) =>
    Object.entries(actions).flatMap(([action, { required = [], optional }]) =>
      required.length === 0 && optional === undefined
        ? []
        : [
            whenCalling(`${service}:${action}(\\.|$)`, {
              properties: { [request]: schemaOfRequest(required, optional, isJsonPath) },
            }),
          ],
    ),
  );
  const sdk = whenCalling('aws-sdk:', {
    properties: {
      Resource: { pattern: orPlaceholder(':[a-z]\\w*(\\.waitForTaskToken)?$') },
      [request]: { patternProperties: { [isJsonPath ? '^[a-z]' : '^[a-z]|\\.\\$$']: false } },
    },
  });
  // In JSONata the request can also be an expression.
  const any = { required: [request], ...(isJsonPath && { properties: { [request]: { type: 'object' } } }) };
  return { allOf: [whenCalling('', any), sdk, ...services, ...known] };
};

const whenCalling = (called: string, then: JsonSchema): JsonSchema => ({
  if: {
    properties: { Resource: { type: 'string', pattern: `^arn:[^:]+:states:::${called}` } },
    required: ['Resource'],
  },
  then,
});

/** The end of a Resource: without actions, any is accepted. */
function resourcePattern(actions: readonly string[], waits: readonly string[]): string {
  const action = actions.length === 0 ? '[^.]+' : `(${actions.join('|')})`;
  const suffix = waits.length === 0 ? '' : `(\\.(${waits.join('|').replace('sync', 'sync(:2)?')}))?`;
  return orPlaceholder(`:${action}${suffix}$`);
}

function schemaOfRequest(
  required: readonly string[],
  optional: readonly string[] | undefined,
  isJsonPath: boolean,
): JsonSchema {
  const names = [...required, ...(optional ?? [])].flatMap((name) =>
    isJsonPath ? [name, `${name}.$`] : [name],
  );
  const needed = required.map((name) =>
    isJsonPath ? { anyOf: [{ required: [name] }, { required: [`${name}.$`] }] } : { required: [name] },
  );
  return {
    ...(needed.length > 0 && { allOf: needed }),
    ...(optional && {
      // Editors complete the names of schemas that are objects.
      properties: Object.fromEntries(names.map((name) => [name, {}])),
      additionalProperties: false,
    }),
  };
}
