import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagramStyles } from '../diagram/styles';
import { bundleScript } from './bundle-script';

/** A file that all pages use. */
interface Asset {
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

const SCRIPT = 'text/javascript; charset=utf-8';

/** The pages' styles, which they get as one file. */
const STYLES = [
  'console.css',
  'lists.css',
  'timeline.css',
  'payload.css',
  'diagram.css',
  'problems.css',
  'editor.css',
  'test.css',
];

/** The pages' scripts: modules that import each other by their names. */
const SCRIPTS = [
  'console.js',
  'drop.js',
  'live.js',
  'selection.js',
  'timeline.js',
  'payload.js',
  'json-tree.js',
  'diagram.js',
  'problems.js',
  'test.js',
];

/** Reads the files that the pages use. */
export function readAssets(): readonly Asset[] {
  const own = (name: string) => readFileSync(join(__dirname, 'assets', name), 'utf8');
  const library = (path: string) => readFileSync(require.resolve(path), 'utf8');
  return [
    {
      name: 'console.css',
      type: 'text/css; charset=utf-8',
      content: STYLES.map(own).join('') + diagramStyles('auto'),
    },
    ...SCRIPTS.map((name) => ({ name, type: SCRIPT, content: own(name) })),
    { name: 'idiomorph.js', type: SCRIPT, content: library('idiomorph/dist/idiomorph.esm.js') },
    { name: 'icon.svg', type: 'image/svg+xml', content: own('icon.svg') },
  ];
}

let editor: string | undefined;

/** The script of the pages that edit: the package has it as a file, from source it is made when it is first needed. */
export function editorScript(): Asset {
  editor ??= __filename.endsWith('.ts')
    ? bundleScript(join(__dirname, 'editor', 'editor.js'))
    : readFileSync(join(__dirname, 'assets', 'editor.js'), 'utf8');
  return { name: 'editor.js', type: SCRIPT, content: editor };
}
