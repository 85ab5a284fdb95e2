/**
 * Compares TestState with answers recorded from AWS, where the recordings exist: in the folder RECORDINGS (default:
 * ../shared/recordings, next to the project).
 *
 *     RECORDINGS=DIR npm run conformance:test-state [-- --show]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Account } from '../../src/local-aws/account';
import { AwsError } from '../../src/local-aws/aws-error';
import { RequestError } from '../../src/local-aws/request-error';

/** The number of answers that match; docs/local-aws.md says which others do not, and why. */
const NEEDED = 115;

interface Recording {
  readonly id: string;
  readonly request: Record<string, unknown>;
  readonly want: Answer;
}

type Answer = { readonly [member: string]: unknown };

const recordings = resolve(process.env.RECORDINGS ?? join(__dirname, '../../../../shared/recordings'));
const file = join(recordings, 'test-state.json');

async function compare(): Promise<number> {
  if (!existsSync(file)) {
    console.log(`Skipped: no recordings found at ${file}. Set RECORDINGS to use another folder.`);
    return 0;
  }
  const rows = JSON.parse(readFileSync(file, 'utf8')) as Recording[];
  // The account number of the recordings. Everything is allowed: their roles are not recorded.
  const account = new Account({
    accountId: '111111111111',
    permissions: () => ({
      authorize: () => ({ allowed: true }),
      canAssume: () => true,
      mayAssume: () => true,
    }),
  });
  let matched = 0;
  for (const { id, request, want } of rows) {
    const got = await answerTo(account, request);
    if (isAlike(readable(asAnswered(want)), readable(got))) matched++;
    else {
      console.log(`differs: ${id}`);
      if (process.argv.includes('--show'))
        console.log(`  AWS   ${JSON.stringify(want)}\n  here  ${JSON.stringify(got)}`);
    }
  }
  await account.close();
  console.log(`${matched} of ${rows.length} recorded answers of TestState match`);
  return matched >= NEEDED ? 0 : 1;
}

async function answerTo({ states }: Account, request: Recording['request']): Promise<unknown> {
  try {
    return await states.testState(request as never);
  } catch (error) {
    if (error instanceof AwsError) return { error: { Code: error.code, Message: error.message } };
    if (error instanceof RequestError)
      return { error: { Code: 'ValidationException', Message: error.message } };
    throw error;
  }
}

/**
 * Some errors were recorded as the SDK's exception. A request that the SDK itself refuses is one that AWS refuses, in
 * words that were not recorded.
 */
function asAnswered(want: Answer): Answer {
  const { exception_typename: Code, exception_value: text } = want;
  if (Code === undefined) return want;
  if (Code === 'ParamValidationError') return { error: { Code: 'ValidationException', Message: '<any>' } };
  const [, Message] =
    /^An error occurred \(\w+\) when calling the TestState operation: (.*)$/s.exec(String(text)) ?? [];
  return { error: { Code, Message } };
}

/** JSON in texts as values: the order of members and white space do not matter. */
function readable(value: unknown): unknown {
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) {
    try {
      return readable(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, readable(member)]));
}

/** The recorder wrote `<name>` for what differs each time, and `date` for a time. */
function isAlike(want: unknown, got: unknown): boolean {
  if (want === 'date') return typeof got === 'string' && !Number.isNaN(Date.parse(got));
  if (typeof want === 'string') {
    const parts = want
      .split(/<[A-Za-z_][\w:.-]*>/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return typeof got === 'string' && new RegExp(`^${parts.join('.+')}$`, 's').test(got);
  }
  if (typeof want !== 'object' || want === null || typeof got !== 'object' || got === null)
    return want === got;
  const [wanted, given] = [Object.entries(want), new Map(Object.entries(got))];
  return (
    Array.isArray(want) === Array.isArray(got) &&
    wanted.length === given.size &&
    wanted.every(([name, member]) => given.has(name) && isAlike(member, given.get(name)))
  );
}

compare().then((exitCode) => {
  process.exitCode = exitCode;
});
