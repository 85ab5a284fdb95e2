import { parseJsonPath } from '../../asl/json-path';
import { isObject, type Json, parseJson, stringifyJson } from '../../engine/data';
import { compileSelector } from '../../engine/data/select';
import type { EventRule, EventTarget } from './event-rule';

/**
 * What a target receives: the event, a part of it, or what the target's template makes of it (EventBridge User Guide,
 * "Amazon EventBridge input transformation").
 * @param event JSON text
 * @param now epoch milliseconds
 * @returns JSON text
 * @throws Error when the result is not valid JSON
 */
export function targetInput(
  event: string,
  { Input, InputPath, InputTransformer }: EventTarget,
  rule: EventRule,
  now: number,
): string {
  if (Input !== undefined) return Input;
  if (InputPath !== undefined) return stringifyJson(valueAt(parseJson(event), InputPath) ?? null);
  if (InputTransformer === undefined) return event;
  const { InputPathsMap = {}, InputTemplate } = InputTransformer;
  const read = parseJson(event);
  const { detail: _, ...withoutDetail } = isObject(read) ? read : {};
  const variables = new Map<string, Json | undefined>([
    ...Object.entries(InputPathsMap).map(([name, path]) => [name, valueAt(read, path)] as const),
    ['aws.events.rule-arn', rule.arn],
    ['aws.events.rule-name', rule.name],
    ['aws.events.event.ingestion-time', new Date(now).toISOString()],
    ['aws.events.event', withoutDetail],
    ['aws.events.event.json', read],
  ]);
  const input = fillIn(InputTemplate, variables);
  parseJson(input);
  return input;
}

const valueAt = (event: Json, path: string): Json | undefined => compileSelector(parseJsonPath(path))(event);

/**
 * Replaces `<name>` by the variable: by its JSON, or, within a JSON text, by its characters. A variable that the event does
 * not have is empty.
 */
function fillIn(template: string, variables: ReadonlyMap<string, Json | undefined>): string {
  let inText = false;
  return template.replaceAll(/\\.|"|<([\w.-]+)>/gs, (token, name: string | undefined) => {
    if (token === '"') inText = !inText;
    if (name === undefined || !variables.has(name)) return token;
    const value = variables.get(name) ?? '';
    if (!inText) return stringifyJson(value);
    return JSON.stringify(typeof value === 'string' ? value : stringifyJson(value)).slice(1, -1);
  });
}
