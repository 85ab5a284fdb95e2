/** A Task that waits for its token, but does not pass it (Developer Guide, "Wait for a Callback with Task Token"). */
import { ownField, type StatePart } from '../graph';
import { fieldAt } from '../location';
import { parseResource } from '../resource';
import { isToken } from '../token';
import type { Mistake } from './mistake';
import type { Text } from './texts';

/** Texts that may contain the token: it, the context object, or a part of that with it. */
const TOKEN = /\$\$(?:\.Task(?:\.Token)?)?(?![\w.])|\$\$\[|context(?:\.Task(?:\.Token)?)?(?![\w.])|\bTask\b/;

export function missingTaskToken(task: StatePart, texts: readonly Text[]): Mistake[] {
  const { content, location } = task;
  const resource = ownField(content, 'Resource');
  if (typeof resource !== 'string' || isToken(resource)) return [];
  const called = parseResource(resource);
  if (called.kind !== 'integration' || called.pattern !== 'waitForTaskToken') return [];
  const request = ['Parameters', 'Arguments'].find((field) => ownField(content, field) !== undefined);
  // Without a request the definition is not valid.
  if (request === undefined || isToken(ownField(content, request))) return [];
  const passed = texts.filter(({ field }) => field === request || field === 'InputPath');
  if (passed.some(({ text }) => TOKEN.test(text))) return [];
  const token = request === 'Parameters' ? '$$.Task.Token' : '{% $states.context.Task.Token %}';
  const message = `The request does not pass the task token, so nothing can end this Task: add ${token}`;
  return [{ code: 'NO_TASK_TOKEN', message, location: fieldAt(location, request) }];
}
