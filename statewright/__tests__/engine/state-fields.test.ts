import { compileStateMachine } from '../../src/engine';
import { STATE_FIELDS } from '../asl/state-fields';
import { jsonata, jsonPath } from '../asl/whole-language.types';

/** The names of the fields that the engine reads, by the type of the state. */
function fieldsRead(definitions: readonly object[]): Map<string, Set<string>> {
  const read = new Map<string, Set<string>>();
  const watch = <T>(value: T): T =>
    typeof value !== 'object' || value === null
      ? value
      : (new Proxy(value, {
          get: (target, key) => watch(Reflect.get(target, key)),
          getOwnPropertyDescriptor(target, key) {
            const type = 'Type' in target ? String(target.Type) : '';
            read.set(type, (read.get(type) ?? new Set()).add(String(key)));
            return Reflect.getOwnPropertyDescriptor(target, key);
          },
        }) as T);
  for (const definition of definitions) compileStateMachine(watch(structuredClone(definition)));
  return read;
}

/** A comment does nothing, and a state without Next is an end. */
const NOT_READ = ['Comment', 'End'];

test('the engine reads every field that a state can have', () => {
  const read = fieldsRead([jsonPath, jsonata]);
  for (const [type, fields] of Object.entries(STATE_FIELDS)) {
    const unread = fields.filter((field) => !read.get(type)?.has(field));
    expect({ type, unread }).toEqual({ type, unread: fields.filter((field) => NOT_READ.includes(field)) });
  }
});
