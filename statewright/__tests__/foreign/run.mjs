/** Installs the packed package in other people's projects, and runs their commands: `node run.mjs [--tarball FILE] [NAME…]`. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const packageFolder = resolve(here, '../..');

/** The largest size of an installation, in MB. */
const LARGEST = 60;

/** The commands of each project, after its installation. */
const projects = {
  'node-test': (project) => {
    checkSize(project);
    project.run('npm', 'test');
    project.run('npx', 'statewright', 'start', '--help');
  },
  bare: (project) => {
    const start = (definition, standIns) => [
      'npx',
      ...['statewright', 'start', '--definition', definition, '--stand-ins', standIns],
    ];
    project.run(...start('order.asl.json', 'stand-ins.json'));
    project.run(...start('template.yaml', 'stand-ins.json'));
    project.runFailing(...start('refund.asl.yaml', 'not-paid.json'));
    project.run('npx', 'statewright', 'validate', 'order.asl.json', 'refund.asl.yaml', 'template.yaml');
    project.runFailing('npx', 'statewright', 'validate', 'broken');
    project.run('npx', 'statewright', 'diagram', '--definition', 'template.yaml', '--out', 'order.svg');
  },
  hcl: (project) => project.run('bash', 'try.sh'),
  vitest: (project) => {
    project.run('npm', 'run', 'build');
    project.run('npm', 'test');
    checkCoverage(project);
  },
  cdktf: (project) => {
    project.run('npm', 'run', 'build');
    project.run('npm', 'run', 'synth');
    if (!existsSync(join(project.folder, 'cdktf.out/stacks/orders/cdk.tf.json'))) {
      throw new Error('main.ts wrote no cdk.tf.json');
    }
    project.run('npm', 'test');
    checkTypes(project);
  },
};

const { values, positionals } = parseArgs({
  options: { tarball: { type: 'string' } },
  allowPositionals: true,
});
const names = positionals.length > 0 ? positionals : Object.keys(projects);
const unknown = names.filter((name) => !Object.hasOwn(projects, name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. The projects are ${Object.keys(projects).join(', ')}.`);
  process.exit(1);
}

const work = mkdtempSync(join(tmpdir(), 'foreign-'));
try {
  const tarball = values.tarball ? resolve(values.tarball) : pack(work);
  for (const name of names) {
    console.log(`\n${name}`);
    const project = open(name);
    project.run('npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', tarball);
    projects[name](project);
  }
  console.log(`\n${names.length} of ${names.length} projects use the package`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function checkCoverage(project) {
  const report = readFileSync(join(project.folder, 'coverage/state-machines.json'), 'utf8');
  const { found, hit } = JSON.parse(report).summary.all;
  if (found === 0 || hit < found) throw new Error(`the coverage reporter counted ${hit} of ${found}`);
}

function pack(folder) {
  execFileSync('npm', ['pack', '--pack-destination', folder], {
    cwd: packageFolder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(
    folder,
    readdirSync(folder).find((file) => file.endsWith('.tgz')),
  );
}

/**
 * Copies a project to a new folder. `run` prints the command's output and throws when it fails; `runFailing` does so
 * when its exit code is not 1.
 */
function open(name) {
  const folder = join(work, name);
  cpSync(join(here, name), folder, { recursive: true });
  const runFor = (exitCode, command, ...args) => {
    const started = Date.now();
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
    const seconds = (Date.now() - started) / 1000;
    const line = [command, ...args.map((arg) => arg.replace(`${work}/`, ''))].join(' ');
    const note = exitCode === 0 ? '' : `exit code ${exitCode}, as expected; `;
    console.log(`  ${status === exitCode ? '✓' : '✗'} ${line} (${note}${seconds.toFixed(1)} s)`);
    if (status === exitCode) return;
    console.log(`${stdout}${stderr}`);
    throw new Error(`"${line}" ended with exit code ${status} in the project ${name}`);
  };
  return {
    folder,
    run: (command, ...args) => runFor(0, command, ...args),
    runFailing: (command, ...args) => runFor(1, command, ...args),
  };
}

function checkSize({ folder }) {
  const sizes = new Map();
  for (const name of readdirSync(join(folder, 'node_modules'), { recursive: true })) {
    const file = lstatSync(join(folder, 'node_modules', name));
    // Once, as du does: the program of esbuild has two names.
    if (file.isFile()) sizes.set(file.ino, file.size);
  }
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const size = (bytes / 2 ** 20).toFixed(1);
  console.log(`  ✓ node_modules has ${size} MB`);
  if (Number(size) >= LARGEST) throw new Error(`The installation takes ${size} MB: ${LARGEST} is the most.`);
}

/** The same project under newer compilers, and the other ways to find a module. node10 ended with TypeScript 6. */
function checkTypes(project) {
  const compilers = { 5.4: '5.4.5', 5.9: '5.9.3', 7: '7.0.2' };
  const resolutions = [
    ['commonjs', 'node10'],
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ];
  const aliases = Object.entries(compilers).map(
    ([name, version]) => `typescript-${name}@npm:typescript@${version}`,
  );
  project.run('npm', 'install', '--no-audit', '--no-fund', '--no-save', '--no-package-lock', ...aliases);
  for (const name of Object.keys(compilers)) {
    for (const [module, moduleResolution] of resolutions) {
      if (name === '7' && moduleResolution === 'node10') continue;
      const file = `tsconfig.${name}.${moduleResolution}.json`;
      const compilerOptions = {
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        target: 'es2018',
        lib: ['es2018'],
      };
      const config = {
        compilerOptions: { ...compilerOptions, module, moduleResolution, types: ['node', 'jest'] },
        include: ['**/*.ts'],
        exclude: ['node_modules', 'cdktf.out'],
      };
      writeFileSync(join(project.folder, file), JSON.stringify(config));
      project.run('node', `node_modules/typescript-${name}/bin/tsc`, '-p', file);
    }
  }
}
