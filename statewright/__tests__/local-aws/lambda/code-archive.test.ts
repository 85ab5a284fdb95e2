import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { readCodeArchive, writeCodeFiles } from '../../../src/local-aws/lambda/code-archive';
import { zip } from './support';

/** A zip that declares another size for its only file, in both places of the format. */
function withDeclaredSize(archive: Uint8Array, size: number): Uint8Array {
  const bytes = Buffer.from(archive);
  bytes.writeUInt32LE(size, 22);
  bytes.writeUInt32LE(size, bytes.indexOf('PK\u0001\u0002', 0, 'latin1') + 24);
  return bytes;
}

describe('deployment packages', () => {
  test('are unzipped with their folders', () => {
    const folder = mkdtempSync(join(tmpdir(), 'code-'));
    writeCodeFiles(readCodeArchive(zip({ 'a.js': 'A', 'b/c.js': 'C' })), folder);
    expect(readdirSync(folder).sort()).toEqual(['a.js', 'b']);
    expect(readFileSync(join(folder, 'b/c.js'), 'utf8')).toBe('C');
    rmSync(folder, { recursive: true });
  });

  test('keep the modes of their files, whatever the umask is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'code-'));
    const archive = zipSync({
      bootstrap: [strToU8('#!/bin/sh'), { os: 3, attrs: 0o100755 << 16 }],
      'made-on-windows': [strToU8('x'), { os: 0, attrs: 0o100755 << 16 }],
      'mode-unknown': strToU8('x'),
    });
    const umask = process.umask(0o077);
    writeCodeFiles(readCodeArchive(archive), folder);
    process.umask(umask);
    const modeOf = (name: string) => statSync(join(folder, name)).mode & 0o777;
    expect(['bootstrap', 'made-on-windows', 'mode-unknown'].map(modeOf)).toEqual([0o755, 0o644, 0o644]);
    rmSync(folder, { recursive: true });
  });

  test.each(['../out.js', 'a/../../out.js', '/etc/out.js', 'C:\\out.js', '..\\out.js', 'a\0.js'])(
    'with the path %j are refused',
    (path) => {
      expect(() => readCodeArchive(zip({ [path]: 'x' }))).toThrow('an entry outside its folder');
    },
  );

  test.each(['', '.', './.', 'a/../b', `${'n'.repeat(256)}.js`, `${'long/'.repeat(700)}a.js`])(
    'with a file that no disk can hold are refused (%.20j)',
    (path) => {
      expect(() => readCodeArchive(zip({ 'index.js': 'x', [path]: 'x' }))).toThrow('The zip file has');
    },
  );

  test('have plain paths, however they are written', () => {
    expect([...readCodeArchive(zip({ './a.js': 'A', 'b//c.js': 'C' })).keys()]).toEqual(['a.js', 'b/c.js']);
    expect(() => readCodeArchive(zip({ './a': 'x', 'a/b': 'y' }))).toThrow('Could not unzip uploaded file.');
  });

  test('have no links: a link becomes a file', () => {
    const archive = zipSync({ link: [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }] });
    expect([...readCodeArchive(archive)]).toEqual([['link', { data: strToU8('/etc/passwd'), mode: 0o777 }]]);
  });

  test('with a file that is also a folder are refused', () => {
    expect(() => readCodeArchive(zip({ a: 'x', 'a/b': 'y' }))).toThrow('Could not unzip uploaded file.');
  });

  test.each([
    ['text', strToU8('not a zip')],
    ['nothing', new Uint8Array()],
    ['half a zip', zip({ 'a.js': 'x'.repeat(1000) }).subarray(0, 60)],
  ])('that are %s are refused', (_, bytes) => {
    expect(() => readCodeArchive(bytes)).toThrow(
      expect.objectContaining({ code: 'InvalidParameterValueException' }),
    );
  });

  test('without a file are refused', () => {
    expect(() => readCodeArchive(zipSync({ 'folder/': new Uint8Array() }))).toThrow('non-empty zip');
  });

  test('that declare too much are refused before they are unzipped', () => {
    const bomb = withDeclaredSize(zip({ 'a.js': 'x'.repeat(1000) }), 262_144_001);
    expect(() => readCodeArchive(bomb)).toThrow('Unzipped size must be smaller than 262144000 bytes');
  });

  test('that declare more than they hold are refused', () => {
    const liar = withDeclaredSize(zip({ 'a.js': 'x'.repeat(1000) }), 2000);
    expect(() => readCodeArchive(liar)).toThrow('Could not unzip uploaded file.');
  });

  test('that declare less than they hold are not unzipped beyond that', () => {
    const liar = withDeclaredSize(zip({ 'a.js': 'x'.repeat(1_000_000) }), 10);
    expect(readCodeArchive(liar).get('a.js')?.data).toHaveLength(10);
  });

  test('of more than 50 MB are refused', () => {
    expect(() => readCodeArchive(new Uint8Array(52_428_801))).toThrow(
      expect.objectContaining({ status: 413 }),
    );
  });
});
