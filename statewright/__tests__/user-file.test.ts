import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeUserFile } from '../src/user-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'user-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file is replaced as a whole, and nothing else is left', () => {
  writeFileSync(join(folder, 'a'), 'before');
  writeUserFile(join(folder, 'a'), 'after');
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('after');
  expect(readdirSync(folder)).toEqual(['a']);
});

test('what a link leads to is replaced, and not the link', () => {
  writeFileSync(join(folder, 'a'), 'before');
  symlinkSync(join(folder, 'a'), join(folder, 'link'));
  writeUserFile(join(folder, 'link'), 'after');
  expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('after');
});

test('a file that is no regular one is written to', () => {
  writeUserFile('/dev/null', 'text');
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('what cannot be written', () => {
  mkdirSync(join(folder, 'folder'));
  const write = (name: string) => () => writeUserFile(join(folder, name), 'text', 'Choose another file.');
  expect(write('folder')).toThrow(/folder cannot be written: it is a folder\.$/);
  expect(write('missing/file')).toThrow(/missing\/file cannot be written: /);
  expect(readdirSync(folder)).toEqual(['folder']);
});
