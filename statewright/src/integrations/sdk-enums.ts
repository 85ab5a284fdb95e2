import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The allowed values of a structure's member, or of its items; undefined for any other member. */
export type EnumOf = (structure: string, member: string) => readonly string[] | undefined;

/**
 * The enums of a client's package. Its schemas do not have them: the types of its members name them, and it exports
 * their values. A package without types has none.
 * @param folder the folder of the package
 * @param exported what the package exports
 */
export function enumsIn(folder: string, exported: Readonly<Record<string, unknown>>): EnumOf {
  let types: string | undefined;
  const known = new Map<string, ReadonlyMap<string, string>>();
  return (structure, member) => {
    types ??= readTypes(join(folder, 'dist-types', 'models'));
    let members = known.get(structure);
    if (!members) {
      members = membersOf(types, structure);
      known.set(structure, members);
    }
    const values = exported[members.get(member) ?? ''];
    return typeof values === 'object' && values !== null && !Array.isArray(values)
      ? Object.values(values)
      : undefined;
  };
}

function readTypes(folder: string): string {
  if (!existsSync(folder)) return '';
  const files = readdirSync(folder).filter((name) => name.endsWith('.d.ts'));
  return files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
}

/** The type of each member, or of its items. */
function membersOf(types: string, structure: string): ReadonlyMap<string, string> {
  const start = types.indexOf(`export interface ${structure} {`);
  if (start < 0) return new Map();
  const body = types.slice(start, types.indexOf('\n}', start));
  const fields = body.matchAll(
    /^ +(\w+)\??: (?:Record<string, )?(\w+)(?:\[\])?>?(?: \| null)?(?: \| undefined)?;$/gm,
  );
  return new Map([...fields].map(([, name = '', type = '']) => [name, type]));
}
