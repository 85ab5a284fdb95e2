import type { ValuePath } from './source-text';

/**
 * The keys and indexes of a diagnostic's location, such as `/States/Pick/Choices[0]/Next`. A state's name may contain
 * `/` or `[`, so the definition decides where a key ends. A part that it does not have, and all after it, is left out.
 */
export function pathOf(location: string, definition: unknown): ValuePath {
  const path: (string | number)[] = [];
  let value = definition;
  let rest = location;
  while (rest !== '' && typeof value === 'object' && value !== null) {
    const fields = value as Record<string, unknown>;
    const keys = Object.keys(fields).filter(
      (key) => beginsWith(rest, key, Array.isArray(value)) !== undefined,
    );
    const [key] = keys.sort((a, b) => b.length - a.length);
    if (key === undefined) break;
    rest = beginsWith(rest, key, Array.isArray(value)) as string;
    path.push(Array.isArray(value) ? Number(key) : key);
    value = fields[key];
  }
  return path;
}

/** The rest of the location after the key; undefined when the location does not begin with it. */
function beginsWith(location: string, key: string, isIndex: boolean): string | undefined {
  const written = isIndex && location.startsWith('[') ? `[${key}]` : `/${key}`;
  const rest = location.startsWith(written) ? location.slice(written.length) : undefined;
  return rest === '' || rest?.startsWith('/') || rest?.startsWith('[') ? rest : undefined;
}
