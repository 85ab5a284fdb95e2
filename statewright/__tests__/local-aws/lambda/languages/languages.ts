import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { tools } from '../../../support/tools';
import { zip } from '../support';

/** What differs between the languages in what their functions do. */
export interface Language {
  readonly name: string;
  /** The tools without which its tests are skipped. */
  readonly needs: (keyof typeof tools)[];
  readonly runtime: string;
  readonly handler: string;
  /** In MB. */
  readonly memorySize: number;
  /** Builds the deployment package. */
  readonly package: () => Uint8Array;
  /** How INIT_START names the runtime. */
  readonly version: RegExp;
  /** The error that it raises, as its own client for Lambda describes it. */
  readonly raised: object;
  /** The error type of a function that uses too much memory. */
  readonly outOfMemory: RegExp;
  /** A handler that does not exist, or a package without a program, and the error. */
  readonly missing: { readonly handler: string; readonly package?: Uint8Array; readonly error: object };
  /** A file with a syntax error, if the language finds it at run time. */
  readonly broken?: { readonly handler: string; readonly error: object };
}

const folderOf = (name: string) => join(__dirname, 'functions', name);

/** A package of all files of a folder, as programs, and of more files. */
function zipFolder(folder: string, more: Readonly<Record<string, string>> = {}): Uint8Array {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const entries = files.map(({ parentPath, name }) => {
    const file = join(parentPath, name);
    return [relative(folder, file), [readFileSync(file), { os: 3, attrs: 0o755 << 16 }]];
  });
  const others = Object.entries(more).map(([name, text]) => [name, strToU8(text)]);
  return zipSync(Object.fromEntries([...entries, ...others]));
}

/** Builds something in a temporary folder, and zips that. */
function built(build: (folder: string) => void): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  try {
    build(folder);
    return zipFolder(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A custom runtime starts the package's program, and only that knows the handler. */
const noProgram: Language['missing'] = {
  handler: 'any',
  package: zip({ 'README.md': 'no program' }),
  error: {
    errorType: 'Runtime.InvalidEntrypoint',
    errorMessage: expect.stringMatching(
      /^RequestId: \S+ Error: Couldn't find valid bootstrap\(s\): \[\/var\/task\/bootstrap \/opt\/bootstrap\]$/,
    ),
  },
};

export const languages: readonly Language[] = [
  {
    name: 'Node.js',
    needs: [],
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    memorySize: 128,
    package: () => zipFolder(folderOf('node'), { 'broken.js': 'exports.handler = async () => {' }),
    version: /^nodejs:\d+\./,
    raised: {
      errorType: 'TestError',
      errorMessage: 'boom',
      trace: expect.arrayContaining(['TestError: boom']),
    },
    outOfMemory: /^Runtime\.ExitError$/,
    missing: { handler: 'nothing.handler', error: { errorType: 'Runtime.ImportModuleError' } },
    broken: { handler: 'broken.handler', error: { errorType: 'Runtime.UserCodeSyntaxError' } },
  },
  {
    name: 'Python',
    needs: ['python'],
    runtime: 'python3.13',
    handler: 'index.handler',
    memorySize: 128,
    package: () =>
      zipFolder(folderOf('python'), { 'broken.py': 'def handler(event, context)\n  return event' }),
    version: /^python:3\./,
    raised: {
      errorType: 'TestError',
      errorMessage: 'boom',
      requestId: expect.stringMatching(/^[-0-9a-f]{36}$/),
      stackTrace: [
        expect.stringMatching(/^ {2}File "\/var\/task\/index\.py", line \d+, in handler\n/),
        '  File "/var/task/index.py", line 11, in fail\n    raise TestError("boom")\n',
      ],
    },
    outOfMemory: /^Runtime\.ExitError$/,
    missing: {
      handler: 'index.nothing',
      error: {
        errorType: 'Runtime.HandlerNotFound',
        errorMessage: "Handler 'nothing' missing on module 'index'",
      },
    },
    broken: { handler: 'broken.handler', error: { errorType: 'Runtime.UserCodeSyntaxError' } },
  },
  {
    name: 'Ruby',
    needs: ['ruby'],
    runtime: 'ruby3.4',
    handler: 'index.handler',
    memorySize: 128,
    package: () => zipFolder(folderOf('ruby'), { 'broken.rb': 'def handler(event:, context:)' }),
    version: /^ruby:\d\./,
    raised: {
      errorType: 'Function<TestError>',
      errorMessage: 'boom',
      stackTrace: expect.arrayContaining([expect.stringMatching(/^\/var\/task\/index\.rb:\d+:in /)]),
    },
    outOfMemory: /^Runtime\.ExitError$/,
    missing: {
      handler: 'nothing.handler',
      error: { errorType: 'Init<LoadError>', errorMessage: 'cannot load such file -- nothing' },
    },
    broken: { handler: 'broken.handler', error: { errorType: 'Init<SyntaxError>' } },
  },
  {
    name: 'Java',
    needs: ['java'],
    runtime: 'java21',
    handler: 'example.Handler::handle',
    memorySize: 256,
    package: () =>
      built((folder) => execFileSync('javac', ['-d', folder, join(folderOf('java'), 'Handler.java')])),
    version: /^java:\d+/,
    raised: {
      errorType: 'example.Handler$TestError',
      errorMessage: 'boom',
      stackTrace: expect.arrayContaining([
        expect.stringMatching(/^example\.Handler\.handle\(Handler\.java:\d+\)$/),
      ]),
    },
    // The heap is limited, but the process also needs memory of its own.
    outOfMemory: /^(java\.lang\.OutOfMemoryError|Runtime\.ExitError)$/,
    missing: {
      handler: 'example.Nothing::handle',
      error: {
        errorType: 'java.lang.ClassNotFoundException',
        errorMessage: expect.stringContaining('example.Nothing'),
      },
    },
  },
  {
    name: 'Go, as a custom runtime',
    needs: ['go'],
    runtime: 'provided.al2023',
    handler: 'bootstrap',
    memorySize: 128,
    package: () =>
      built((folder) =>
        execFileSync('go', ['build', '-o', join(folder, 'bootstrap'), '.'], {
          cwd: folderOf('go'),
          env: { ...process.env, CGO_ENABLED: '0' },
        }),
      ),
    version: /^provided:al2023$/,
    raised: { errorType: 'TestError', errorMessage: 'boom' },
    outOfMemory: /^Runtime\.ExitError$/,
    missing: noProgram,
  },
  {
    name: 'a shell script, as a custom runtime',
    needs: ['curl'],
    runtime: 'provided.al2',
    handler: 'any',
    memorySize: 128,
    package: () => zipFolder(folderOf('shell')),
    version: /^provided:al2$/,
    raised: { errorType: 'TestError', errorMessage: 'boom' },
    outOfMemory: /^Runtime\.ExitError$/,
    missing: noProgram,
  },
];
