import type { IntegrationResource } from '../../asl/resource';
import { compareText } from '../../compare-text';
import { type Json, type JsonObject, stringifyJson } from '../../engine/data';
import type { TaskCall, TaskResult } from '../../engine/execution/services';
import { isObject } from '../../is-object';
import { OWN_SERVICES, type OwnService, type StatesDependencies } from './dependencies';
import { invokeThroughSdk } from './sdk-lambda-task';

export const isOwnService = ({ sdk, service }: IntegrationResource): boolean =>
  sdk && (OWN_SERVICES as readonly string[]).includes(service);

/** An `aws-sdk:` Task that calls a service of this account. Errors are thrown. */
export async function callOwnService(
  states: StatesDependencies,
  call: TaskCall,
  { service, action }: IntegrationResource,
  request: JsonObject,
): Promise<TaskResult> {
  if (service === 'lambda' && action === 'invoke') return invokeThroughSdk(states, call, request);
  const name = action.charAt(0).toUpperCase() + action.slice(1);
  const sessionName = states.context.uuid().replaceAll('-', '');
  const caller = { kind: 'role', roleArn: call.roleArn, sessionName } as const;
  const operation = states.ownOperation(service as OwnService, name, caller, () => call.signal);
  if (operation === undefined) {
    return { error: 'States.TaskFailed', cause: `The local AWS does not implement ${service}:${name}.` };
  }
  const answer = await operation(apiMembers(service, service === 'sfn' ? withJsonText(request) : request));
  return { output: stringifyJson(shown(answer ?? {}) as Json) };
}

/** Step Functions accepts a JSON value for the data of an execution or a task, and sends its text. */
function withJsonText(request: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(request).map(([name, value]) => [
      name,
      /^(?:input|output)$/i.test(name) && value !== null && typeof value !== 'string'
        ? stringifyJson(value)
        : value,
    ]),
  );
}

/** The members of Step Functions and CloudWatch Logs begin with small letters; the keys of a map stay. */
function apiMembers(service: string, value: Json): object {
  const small = service === 'sfn' || service === 'cloudwatchlogs';
  return JSON.parse(stringifyJson(small ? (renamed(value) as Json) : value)) as object;
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      name === 'Tags' && !Array.isArray(member) ? member : renamed(member),
    ]),
  );
}

/** A response with PascalCase names, times as ISO 8601 text, and members sorted by name; the keys of a map stay. */
function shown(value: unknown, parent = ''): unknown {
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (Array.isArray(value)) return value.map((item) => shown(item));
  if (!isObject(value)) return value;
  const isMap = ['Tags', 'Variables'].includes(parent);
  const entries = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const Name = isMap ? name : name.charAt(0).toUpperCase() + name.slice(1);
    if (member === undefined || member === null) return [];
    // The times of events are epoch milliseconds.
    const isTime = Name === 'Timestamp' && 'previousEventId' in value;
    return [[Name, shown(isTime ? new Date(member as number) : member, Name)]];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b)));
}
