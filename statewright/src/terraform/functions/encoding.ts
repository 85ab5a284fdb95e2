import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { invalidJson } from '../../json-fault';
import { ExpressionError } from '../errors';
import { plainValue, toText, Unknown, type Value } from '../value';
import { parseCsv } from './csv';
import { type Functions, ofText, orFail } from './function';
import { jsonEncode } from './json';

export const hash =
  (algorithm: string, encoding: 'hex' | 'base64') =>
  (data: string | Uint8Array): string =>
    createHash(algorithm).update(data).digest(encoding);

export const base64 = (data: string | Uint8Array): string => Buffer.from(data).toString('base64');
export const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** Terraform documentation, "Encoding Functions" and "Hash and Crypto Functions". */
export const encodingFunctions: Functions = {
  base64decode: ofText((text) => Buffer.from(text, 'base64').toString('utf8')),
  base64encode: ofText(base64),
  base64gzip: ofText((text) => base64(gzipSync(text))),
  base64sha256: ofText(hash('sha256', 'base64')),
  base64sha512: ofText(hash('sha512', 'base64')),
  csvdecode: ([text = null], place) => parseCsv(toText(text, place), place),
  jsondecode: ([text = null], place) => {
    if (text instanceof Unknown) return text;
    const json = toText(text, place);
    const problem = invalidJson('the argument of jsondecode()', json);
    if (problem) throw new ExpressionError(place, problem);
    return JSON.parse(json);
  },
  jsonencode: ([value = null], place) => jsonEncode(plainValue(value, place)),
  md5: ofText(hash('md5', 'hex')),
  sha1: ofText(hash('sha1', 'hex')),
  sha256: ofText(hash('sha256', 'hex')),
  sha512: ofText(hash('sha512', 'hex')),
  textdecodebase64: ([text = null, encoding = null], place) =>
    Buffer.from(toText(text, place), 'base64').toString(charset(toText(encoding, place), place)),
  textencodebase64: ([text = null, encoding = null], place) =>
    Buffer.from(toText(text, place), charset(toText(encoding, place), place)).toString('base64'),
  urlencode: ofText((text) =>
    encodeURIComponent(text)
      .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+'),
  ),
  uuid: (_values, _place, { uuid }) => uuid(),
  uuidv5: ([namespace = null, name = null], place) =>
    uuidV5(toText(namespace, place), toText(name, place), place),
  yamldecode: ([text = null], place) => {
    const { parse } = require('yaml') as typeof import('yaml');
    if (text instanceof Unknown) return text;
    const isTime = (_key: unknown, value: unknown) => (value instanceof Date ? timeText(value) : value);
    return orFail(place, () => parse(toText(text, place), isTime, { version: '1.1' }) as Value);
  },
  yamlencode: ([value = null], place) => yamlEncode(plainValue(value, place)),
};

const timeText = (time: Date) => time.toISOString().replace('.000Z', 'Z');

function charset(name: string, place: string): BufferEncoding {
  const known: Readonly<Record<string, BufferEncoding>> = {
    'UTF-8': 'utf8',
    'UTF-16LE': 'utf16le',
    'ISO-8859-1': 'latin1',
    'US-ASCII': 'ascii',
  };
  const found = known[name.toUpperCase()];
  if (found) return found;
  throw new ExpressionError(place, `the encoding ${name} is not supported here`);
}

const NAMESPACES: Readonly<Record<string, string>> = { dns: '0', url: '1', oid: '2', x500: '4' };

/** RFC 9562, "UUID Version 5", and the namespaces of its appendix. */
function uuidV5(namespace: string, name: string, place: string): string {
  const known = NAMESPACES[namespace];
  const id = known === undefined ? namespace : `6ba7b81${known}-9dad-11d1-80b4-00c04fd430c8`;
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16)
    throw new ExpressionError(place, `uuidv5() found ${JSON.stringify(namespace)}, not a UUID`);
  const digest = createHash('sha1').update(bytes).update(name).digest().subarray(0, 16);
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  return digest.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** With quotes around each text and key, as Terraform writes YAML. */
function yamlEncode(value: Value): string {
  const { Document, isScalar, visit } = require('yaml') as typeof import('yaml');
  const document = new Document(JSON.parse(jsonEncode(value)), { version: '1.1' });
  visit(document, {
    Scalar(key, node) {
      if (isScalar(node) && typeof node.value === 'string') {
        node.type = key !== 'key' && node.value.includes('\n') ? 'BLOCK_LITERAL' : 'QUOTE_DOUBLE';
      }
    },
  });
  return document.toString({ lineWidth: 0, indentSeq: false });
}
