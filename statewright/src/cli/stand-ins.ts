import { parseFunctionName } from '../asl/resource';
import type { Answer } from '../testing/answers';
import { NoSuchBucketError } from '../testing/buckets';
import { NothingStandsInError } from '../testing/stand-ins';
import type { StandInAnswers } from '../testing/stand-ins-file';
import { taskStatesOf } from '../testing/tasks';
import { UserError } from '../user-error';
import { exampleData } from '../verify/explore';

/** The stand-ins of a file, and the file's name for errors. */
export interface GivenStandIns {
  readonly file: string;
  readonly answers: StandInAnswers;
}

export async function readStandIns(file: string | undefined): Promise<GivenStandIns | undefined> {
  if (file === undefined) return undefined;
  const { readStandInsFile } =
    require('../testing/stand-ins-file') as typeof import('../testing/stand-ins-file');
  return { file, answers: await readStandInsFile(file) };
}

/** @throws UserError that names the file, for a name that does not occur in the workflow */
export function applyStandIns(
  given: GivenStandIns | undefined,
  replace: (name: string, answer: Answer) => void,
): void {
  for (const [name, answer] of given?.answers ?? []) {
    try {
      replace(name, answer);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new UserError(`${given?.file}: ${error.message}`, error.hint);
    }
  }
}

/**
 * An error that says what to add: the JSON with an entry for each Task that has no stand-in yet, or a bucket.
 *
 * @param error the error of a run; any other error is returned unchanged
 * @param isAnswered whether a Lambda function of this name exists
 */
export function missingStandIn(
  error: unknown,
  definition: string,
  given: GivenStandIns | undefined,
  isAnswered: (lambda: string) => boolean = () => false,
): unknown {
  if (error instanceof NoSuchBucketError && error.bucket !== undefined) {
    return new UserError(
      `The execution uses the bucket "${error.bucket}", for which no folder is named.`,
      `To use a folder in its place: --bucket ${error.bucket}=DIR`,
    );
  }
  if (!(error instanceof NothingStandsInError)) return error;
  const { problem, entries } = lackOf(error, definition, given, isAnswered);
  const advice = given
    ? `Add to ${given.file}:\n${entries}`
    : `Write this to a file, and use it with --stand-ins stand-ins.json:\n${entries}`;
  const { lambda, resource } = error.call;
  if (lambda === undefined || !isAnswered(lambda)) return new UserError(problem, advice);
  const { accountId } = parseFunctionName(resource);
  return new UserError(
    `${problem} The stack's function "${lambda}" has another account, region, version or alias.`,
    accountId === undefined
      ? advice
      : `To have the account of the definition: --account ${accountId}\n${advice}`,
  );
}

/** What is missing for a run: the problem, and the JSON of the stand-ins to add, whose results have what later states read. */
export function lackOf(
  { call }: NothingStandsInError,
  definition: string,
  given: GivenStandIns | undefined,
  isAnswered: (lambda: string) => boolean = () => false,
): { readonly problem: string; readonly entries: string } {
  const named = new Set(given?.answers.keys());
  const missing = taskStatesOf(JSON.parse(definition)).filter(
    ({ state, lambda }) =>
      !named.has(state) && !(lambda !== undefined && (named.has(lambda) || isAnswered(lambda))),
  );
  const { state, lambda, resource } = call;
  const names = new Set([state, ...missing.map((each) => each.state)]);
  const examples = exampleData(JSON.parse(definition));
  const entries = [...names].map((name) => {
    const answers = examples.resultsOf(name).map((result) => `{ "result": ${result} }`);
    return `${JSON.stringify(name)}: ${answers.length === 1 ? answers[0] : `[${answers.join(', ')}]`}`;
  });
  const what = lambda === undefined ? resource : `the Lambda function "${lambda}"`;
  return {
    problem: `The Task "${state}" calls ${what}, which has no stand-in.`,
    entries: `{ ${entries.join(', ')} }`,
  };
}
