import { readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { compareText } from '../../compare-text';
import { checkReadable } from '../../user-file';
import { ExpressionError } from '../errors';
import { toText, type Value } from '../value';
import { base64, hash, utf8 } from './encoding';
import { type Functions, ofText, type TerraformFunction } from './function';

/** A function of the bytes of a file, by its path. */
const ofFile =
  (compute: (bytes: Uint8Array) => Value): TerraformFunction =>
  ([path = null], place, { readFile }) => {
    const bytes = readFile(toText(path, place));
    if (!bytes) throw new ExpressionError(place, `the file ${toText(path, place)} does not exist`);
    return compute(bytes);
  };

/** Terraform documentation, "Filesystem Functions". `templatefile` is in evaluate.ts. */
export const fileFunctions: Functions = {
  abspath: ([path = null], place, { folder }) => resolve(folder, toText(path, place)),
  basename: ofText((path) => basename(path)),
  dirname: ofText((path) => dirname(path)),
  file: ofFile(utf8),
  filebase64: ofFile(base64),
  filebase64sha256: ofFile(hash('sha256', 'base64')),
  filebase64sha512: ofFile(hash('sha512', 'base64')),
  fileexists: ([path = null], place, { readFile }) => readFile(toText(path, place)) !== undefined,
  filemd5: ofFile(hash('md5', 'hex')),
  fileset: ([path = null, pattern = null], place, { folder }) => {
    const absolute = resolve(folder, toText(path, place));
    checkReadable(absolute);
    if (!statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) return [];
    const matching = globPattern(toText(pattern, place));
    return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
      .map((name) => name.split(sep).join('/'))
      .filter((name) => matching.test(name) && isFile(join(absolute, name)))
      .sort(compareText);
  },
  filesha1: ofFile(hash('sha1', 'hex')),
  filesha256: ofFile(hash('sha256', 'hex')),
  filesha512: ofFile(hash('sha512', 'hex')),
  pathexpand: ofText((path) => (path === '~' || path.startsWith('~/') ? homedir() + path.slice(1) : path)),
};

function isFile(path: string): boolean {
  checkReadable(path);
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** `*` matches within a folder, `**` over folders; `?`, `[…]` and `{a,b}` as in a shell. */
export function globPattern(glob: string): RegExp {
  const parts = glob.replace(/\*\*\/|\*\*|[*?{},.+^$()|\\]/g, (part) => {
    const known: Readonly<Record<string, string>> = {
      '**/': '(?:.*/)?',
      '**': '.*',
      '*': '[^/]*',
      '?': '[^/]',
      '{': '(?:',
      '}': ')',
      ',': '|',
    };
    return known[part] ?? `\\${part}`;
  });
  return new RegExp(`^${parts.replaceAll('[!', '[^')}$`);
}
