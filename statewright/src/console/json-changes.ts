/** One difference between two JSON values. */
export interface JsonChange {
  /** Such as `$.items[0].price`. */
  readonly path: string;
  /** JSON text; undefined for a member that was added. */
  readonly before?: string;
  /** JSON text; undefined for a member that was removed. */
  readonly after?: string;
}

/** What differs between two JSON texts, member by member; undefined when one of them is not valid JSON. */
export function jsonChanges(before: string, after: string): readonly JsonChange[] | undefined {
  const found: JsonChange[] = [];
  try {
    const [old, fresh] = [JSON.parse(before), JSON.parse(after)];
    if (before !== after) addChanges(old, fresh, '$', found);
    return found;
  } catch {
    return undefined;
  }
}

function addChanges(before: unknown, after: unknown, path: string, found: JsonChange[]): void {
  const [old, fresh] = [membersOf(before), membersOf(after)];
  if (old === undefined || fresh === undefined || Array.isArray(before) !== Array.isArray(after)) {
    const [one, other] = [JSON.stringify(before), JSON.stringify(after)];
    if (one !== other) found.push({ path, before: one, after: other });
    return;
  }
  for (const [name, value] of old) {
    const inner = memberPath(path, name, Array.isArray(before));
    if (fresh.has(name)) addChanges(value, fresh.get(name), inner, found);
    else found.push({ path: inner, before: JSON.stringify(value) });
  }
  for (const [name, value] of fresh) {
    if (!old.has(name)) {
      found.push({ path: memberPath(path, name, Array.isArray(after)), after: JSON.stringify(value) });
    }
  }
}

const membersOf = (value: unknown): ReadonlyMap<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;

function memberPath(path: string, name: string, isArray: boolean): string {
  if (isArray) return `${path}[${name}]`;
  return /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}
