import { objectOf } from '../asl/graph';
import { didYouMeanOneOf, quoted } from '../did-you-mean';
import { deepJson, invalidJson } from '../json-fault';
import { UserError } from '../user-error';
import { readUserFile } from '../user-file';
import type { Answer, Reply } from './answers';
import type { Names, ResolvedTarget } from './targets';

/** A mock configuration file that cannot be used, or a test case that it does not have. */
export class MockConfigError extends UserError {
  override readonly name = 'MockConfigError';
}

/** The mocked responses of a test case, by the name of the Task state. */
type TestCase = ReadonlyMap<string, Answer>;

/** The content of a mock configuration file. */
interface MockConfig {
  /**
   * A test case, as replacements.
   * @param names those of the state machine
   * @throws MockConfigError when the file does not have it, or when it mocks a state that is not a Task of the state machine
   */
  readonly testCase: (
    stateMachine: string,
    name: string,
    names: Names,
  ) => (readonly [target: ResolvedTarget, answer: Answer])[];
}

/**
 * Reads the mock configuration file of Step Functions Local, `MockConfigFile.json` (Step Functions Developer Guide,
 * "Mocked service integrations in Step Functions Local").
 *
 * @throws MockConfigError with the file and the place
 */
export function readMockConfig(file: string): MockConfig {
  const config = members(parse(file), file, ['StateMachines', 'MockedResponses']);
  const responses = new Map(
    entries(config.MockedResponses, `${file}: MockedResponses`).map(([name, value]) => [
      name,
      answerIn(value, name, `${file}: MockedResponses."${name}"`),
    ]),
  );
  const machines = new Map(
    entries(config.StateMachines, `${file}: StateMachines`).map(([name, value]) => {
      const place = `${file}: StateMachines."${name}"`;
      const { TestCases } = members(value, place, ['TestCases']);
      return [name, testCasesIn(TestCases, `${place}.TestCases`, responses)];
    }),
  );
  return {
    testCase: (stateMachine, name, names) => {
      const testCases = named(machines, stateMachine, `${file} has no state machine`);
      const place = `${file}: StateMachines."${stateMachine}".TestCases`;
      const testCase = named(testCases, name, `${place} has no`);
      return [...testCase].map(([state, answer]) => [targetOf(state, names, `${place}."${name}"`), answer]);
    },
  };
}

function parse(file: string): unknown {
  const text = readUserFile(file);
  const problem = invalidJson(file, text);
  if (problem) throw new MockConfigError(problem);
  const content: unknown = JSON.parse(text);
  const tooDeep = deepJson(file, content);
  if (tooDeep) throw new MockConfigError(tooDeep);
  return content;
}

function targetOf(state: string, names: Names, place: string): ResolvedTarget {
  try {
    return names.resolve({ state });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new MockConfigError(`${place}: ${error.message}`, error.hint);
  }
}

function testCasesIn(
  value: unknown,
  place: string,
  responses: ReadonlyMap<string, Answer>,
): ReadonlyMap<string, TestCase> {
  return new Map(
    entries(value, place).map(([name, states]) => {
      const inCase = `${place}."${name}"`;
      const mocked = entries(states, inCase).map(([state, response]): [string, Answer] => {
        if (typeof response !== 'string') {
          throw new MockConfigError(`${inCase}."${state}" must be the name of a mocked response.`);
        }
        return [state, named(responses, response, `${inCase}."${state}": MockedResponses has no`)];
      });
      return [name, new Map(mocked)];
    }),
  );
}

/**
 * The responses in the order of the calls. Step Functions Local counts all calls of a state in an execution: retries, loops
 * and the iterations of a Map.
 */
function answerIn(value: unknown, name: string, place: string): Answer {
  const replies: Reply[] = [];
  const numbered = entries(value, place).map(([key, response]) => ({
    ...rangeOf(key, place),
    reply: replyIn(response, `${place}."${key}"`),
  }));
  for (const { first, last, reply } of numbered.sort((a, b) => a.first - b.first)) {
    if (first !== replies.length) {
      const problem = first < replies.length ? 'more than one response' : 'no response';
      throw new MockConfigError(
        `${place} has ${problem} for the number ${Math.min(first, replies.length)}.`,
        'The numbers start at 0, and follow each other: "0", "1-2", "3".',
      );
    }
    while (replies.length <= last) replies.push(reply);
  }
  return {
    isTaskResult: true,
    begin: () => {
      let calls = 0;
      return ({ state }) => {
        const reply = replies[calls++];
        if (reply) return reply;
        throw new MockConfigError(
          `"${state}" was called ${calls} times, but the mocked response "${name}" has only ${replies.length}: add "${calls - 1}".`,
        );
      };
    },
  };
}

/** The largest number of a response: an execution cannot have more events. */
const MAX_NUMBER = 25_000;

function rangeOf(key: string, place: string): { readonly first: number; readonly last: number } {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(key) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (first <= last && last <= MAX_NUMBER) return { first, last };
  throw new MockConfigError(
    `${place} has the field "${key}", which is not the number of a call.`,
    'Use a number or a range: "0", "1-2".',
  );
}

function replyIn(value: unknown, place: string): Reply {
  const response = members(value, place, ['Return', 'Throw'], []);
  if ('Return' in response === 'Throw' in response) {
    throw new MockConfigError(
      `${place} must have ${'Return' in response ? 'only one of Return and Throw' : 'Return or Throw'}.`,
      'For example: { "Return": { "id": 1 } } or { "Throw": { "Error": "OutOfStock", "Cause": "none left" } }',
    );
  }
  if ('Return' in response) return { output: response.Return };
  const { Error: error, Cause: cause = '' } = members(
    response.Throw,
    `${place}.Throw`,
    ['Error', 'Cause'],
    ['Error'],
  );
  return { error: text(error, `${place}.Throw.Error`), cause: text(cause, `${place}.Throw.Cause`) };
}

function text(value: unknown, place: string): string {
  if (typeof value === 'string') return value;
  throw new MockConfigError(`${place} must be a string.`);
}

/** The members of an object, none of them unknown. */
function members(
  value: unknown,
  place: string,
  known: readonly string[],
  required = known,
): Readonly<Record<string, unknown>> {
  const found = entries(value, place);
  for (const [name] of found) {
    if (known.includes(name)) continue;
    throw new MockConfigError(`${place} has the unknown field "${name}".`, didYouMeanOneOf(name, known));
  }
  const missing = required.find((name) => !found.some(([field]) => field === name));
  if (missing !== undefined) throw new MockConfigError(`${place} has no field "${missing}".`);
  return Object.fromEntries(found);
}

function entries(value: unknown, place: string): [string, unknown][] {
  const object = objectOf(value);
  if (object && !Array.isArray(value)) return Object.entries(object);
  throw new MockConfigError(`${place} must be an object.`);
}

function named<T>(all: ReadonlyMap<string, T>, name: string, problem: string): T {
  const found = all.get(name);
  if (found !== undefined) return found;
  throw new MockConfigError(`${problem} "${name}".`, didYouMeanOneOf(name, all.keys(), quoted));
}
