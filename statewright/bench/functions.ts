/**
 * Cold starts and warm invocations of a function that returns its event, in each language, over HTTP. The same client
 * calls the local AWS and MiniStack, one after the other.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { authorization, createRole } from './http-client';
import { miniStack, ours, type Peer } from './http-servers';
import { printTable } from './table';

const COLD_STARTS = 5;
const WARM = { invocations: 1000, milliseconds: 5000 };

/** The functions of the tests, for the languages that need a compiler. */
const functions = join(__dirname, '../__tests__/local-aws/lambda/languages/functions');

interface Language {
  readonly name: string;
  readonly Runtime: string;
  readonly Handler: string;
  readonly files: () => Zippable;
}

const program = (data: Uint8Array) => [data, { os: 3, attrs: 0o755 << 16 }] as const;

/** What a compiler writes into a folder. */
function compiled(command: string, args: (folder: string) => string[], cwd: string): Zippable {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    execFileSync(command, args(folder), { cwd, env: { ...process.env, CGO_ENABLED: '0' } });
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    return Object.fromEntries(
      files.map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path.slice(folder.length + 1), program(readFileSync(path))];
      }),
    ) as Zippable;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const languages: readonly Language[] = [
  {
    name: 'Node.js',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    files: () => ({ 'index.js': strToU8('exports.handler = async (event) => event;') }),
  },
  {
    name: 'Python',
    Runtime: 'python3.12',
    Handler: 'index.handler',
    files: () => ({ 'index.py': strToU8('def handler(event, context):\n    return event\n') }),
  },
  {
    name: 'Ruby',
    Runtime: 'ruby3.4',
    Handler: 'index.handler',
    files: () => ({ 'index.rb': strToU8('def handler(event:, context:) = event\n') }),
  },
  {
    name: 'Java',
    Runtime: 'java21',
    Handler: 'example.Handler::handle',
    files: () => compiled('javac', (folder) => ['-d', folder, 'Handler.java'], join(functions, 'java')),
  },
  {
    name: 'Go',
    Runtime: 'provided.al2023',
    Handler: 'bootstrap',
    files: () =>
      compiled('go', (folder) => ['build', '-o', join(folder, 'bootstrap'), '.'], join(functions, 'go')),
  },
];

async function call(url: string, path: string, body: unknown): Promise<unknown> {
  const headers = { authorization: authorization('lambda'), 'content-type': 'application/json' };
  const response = await fetch(`${url}/2015-03-31/functions${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const answer = await response.text();
  const error = response.headers.get('x-amz-function-error');
  if (!response.ok || error !== null) throw new Error(answer.slice(0, 100));
  return JSON.parse(answer);
}

/** Times are milliseconds, sorted. */
async function measure(url: string, role: string, language: Language): Promise<number[][]> {
  const { Runtime, Handler } = language;
  const ZipFile = Buffer.from(zipSync(language.files())).toString('base64');
  const event = { action: 'echo' };
  const timed = async (name: string) => {
    const begin = performance.now();
    const answer = await call(url, `/${name}/invocations`, event);
    const time = performance.now() - begin;
    // MiniStack answers for a function that it does not run.
    if (JSON.stringify(answer) !== JSON.stringify(event)) throw new Error('it does not run the function');
    return time;
  };
  const cold: number[] = [];
  for (let index = 0; index < COLD_STARTS; index++) {
    const FunctionName = `${language.name.replace('.', '')}-${index}`;
    const configuration = { Runtime, Handler, Timeout: 30, MemorySize: 256 };
    await call(url, '', { FunctionName, ...configuration, Role: role, Code: { ZipFile } });
    cold.push(await timed(FunctionName));
  }
  const warm: number[] = [];
  const begin = performance.now();
  while (warm.length < WARM.invocations && performance.now() - begin < WARM.milliseconds) {
    warm.push(await timed(`${language.name.replace('.', '')}-0`));
  }
  return [cold, warm].map((times) => times.sort((a, b) => a - b));
}

/** The table rows of one server; what is not available has a row with the reason. */
async function rowsOf(peer: Peer): Promise<string[][]> {
  const skipped = (name: string, error: Error) => [peer.name, name, `skipped: ${error.message}`, '', '', ''];
  const server = await peer.start().catch((error: Error) => error);
  if (server instanceof Error) return [skipped('', server)];
  try {
    const role = await createRole(server.url, 'lambda');
    const rows: string[][] = [];
    for (const language of languages) {
      const times = await measure(server.url, role, language).catch((error: Error) => error);
      if (times instanceof Error) {
        rows.push(skipped(language.name, times));
        continue;
      }
      const [cold = [], warm = []] = times;
      const percentile = (share: number) => warm[Math.ceil(warm.length * share) - 1] ?? 0;
      const perSecond = (1000 * warm.length) / warm.reduce((sum, time) => sum + time, 0);
      const median = cold[Math.floor(cold.length / 2)] ?? 0;
      const numbers = [
        median.toFixed(0),
        perSecond.toFixed(0),
        percentile(0.5).toFixed(1),
        percentile(0.99).toFixed(1),
      ];
      rows.push([peer.name, language.name, ...numbers]);
    }
    return rows;
  } finally {
    await server.stop();
  }
}

async function main(): Promise<void> {
  const rows = [...(await rowsOf(ours)), ...(await rowsOf(miniStack))];
  printTable(['server', 'function', 'cold ms', 'warm per second', 'p50 ms', 'p99 ms'], rows);
}

void main();
