import { objectOf } from '../asl/graph';
import { didYouMeanOneOf } from '../did-you-mean';
import type { JsonObject } from '../engine/data';
import type { ConnectionParameters } from '../integrations/connections';
import { invalidJson } from '../json-fault';
import { UserError } from '../user-error';
import { readUserFile } from '../user-file';
import type { Option } from './command';

export const connectionsOption: Option = {
  type: 'string',
  value: 'FILE',
  description: 'EventBridge connections for HTTP Tasks: a JSON file with their AuthParameters by name',
};

const FIELDS = ['BasicAuthParameters', 'ApiKeyAuthParameters', 'OAuthParameters', 'InvocationHttpParameters'];
const EXAMPLE =
  'For example: { "payments": { "ApiKeyAuthParameters": { "ApiKeyName": "x-api-key", "ApiKeyValue": "…" } } }';

/**
 * Reads a file of connections: for each name, the AuthParameters of EventBridge's CreateConnection.
 * @throws UserError with the file and the name
 */
export function readConnections(path: string): ConnectionParameters {
  const text = readUserFile(path);
  const problem = invalidJson(path, text);
  if (problem) throw new UserError(problem, EXAMPLE);
  const connections = objectOf(JSON.parse(text));
  if (!connections) throw new UserError(`${path} must be an object: one connection per name.`, EXAMPLE);
  for (const [name, value] of Object.entries(connections)) {
    const fields = objectOf(value);
    if (!fields) throw new UserError(`${path}: "${name}" is not an object.`, EXAMPLE);
    const unknown = Object.keys(fields).find((field) => !FIELDS.includes(field));
    if (unknown !== undefined) {
      throw new UserError(
        `${path}: "${name}" has the unknown field "${unknown}".`,
        didYouMeanOneOf(unknown, FIELDS),
      );
    }
  }
  return (name) => (Object.hasOwn(connections, name) ? (connections[name] as JsonObject) : undefined);
}
