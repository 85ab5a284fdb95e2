import { objectOf, ownField } from '../../asl/graph';

/** Resources of a template, by logical id. */
export type Resources = Readonly<Record<string, unknown>>;

/** The resources with what the template's `Globals` say of their types. */
export function withGlobals(resources: Resources, globals: unknown): Resources {
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => {
      const [, name = ''] = /^AWS::Serverless::(\w+)$/.exec(String(ownField(resource, 'Type'))) ?? [];
      const ofType = ownField(globals, name);
      if (ofType === undefined) return [id, resource];
      return [id, { ...(resource as object), Properties: merged(ofType, ownField(resource, 'Properties')) }];
    }),
  );
}

/** SAM Developer Guide, "Globals section": objects are merged, lists are joined, any other value overrides the global one. */
function merged(global: unknown, own: unknown): unknown {
  if (own === undefined) return global;
  if (Array.isArray(global) && Array.isArray(own)) return [...global, ...own];
  const [fields, more] = [objectOf(global), objectOf(own)];
  if (!fields || !more || isFunction(fields) || isFunction(more)) return own;
  const names = [...new Set([...Object.keys(fields), ...Object.keys(more)])];
  return Object.fromEntries(names.map((name) => [name, merged(fields[name], more[name])]));
}

/** Whether a value is the call of an intrinsic function. */
const isFunction = (fields: object): boolean =>
  Object.keys(fields).some((name) => /^(?:Ref|Fn::.*)$/.test(name));
