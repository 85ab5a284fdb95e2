import type { JournalTable, OpenTable } from '../table';
import { openPackages, packageKey } from './code-store';

/** The packages of an account of version 0.1.0, which kept them in base64, once per function, into the table of today. */
export function journalCode(openTable: OpenTable): JournalTable {
  const packages = openPackages(openTable);
  /** Functions by package. */
  const users = new Map<string, Set<string>>();
  const read = (key: string): [functionName: string, codeKey: string] => {
    const [functionName = '', codeSha256 = ''] = key.split(':');
    return [functionName, packageKey(codeSha256)];
  };
  return {
    set: (key, value) => {
      const [functionName, codeKey] = read(key);
      packages.set(codeKey, Buffer.from(String(value), 'base64'));
      users.set(codeKey, (users.get(codeKey) ?? new Set()).add(functionName));
    },
    delete: (key) => {
      const [functionName, codeKey] = read(key);
      users.get(codeKey)?.delete(functionName);
      if (users.get(codeKey)?.size === 0) packages.delete(codeKey);
    },
  };
}
