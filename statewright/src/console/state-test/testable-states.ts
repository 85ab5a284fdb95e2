import { objectOf, ownField, type ScopePart, scopeAt, scopesIn, scopesOf } from '../../asl/graph';
import { parseResource, type TaskResource } from '../../asl/resource';
import { parsedJson } from '../../parsed-json';

/** A state that can be tested alone. */
export interface TestableState {
  readonly name: string;
  /** `Task`, as the definition says. */
  readonly type: string;
  /** How many Parallels and Maps it is in. */
  readonly depth: number;
  readonly language: 'JSONPath' | 'JSONata';
  /** What a Task calls. */
  readonly resource?: TaskResource;
  /** The state of the definition, as JSON text over lines. */
  readonly text: string;
  readonly content: unknown;
}

/** Every state of a definition (JSON text), in the order they are written; none when it is not valid JSON. */
export function testableStates(definition: string): readonly TestableState[] {
  const machine = objectOf(parsedJson(definition));
  return statesIn(scopeAt(machine), languageOf(machine, 'JSONPath'), 0);
}

function statesIn({ states }: ScopePart, outer: TestableState['language'], depth: number): TestableState[] {
  return states.flatMap((state) => {
    const { name, content } = state;
    const language = languageOf(content, outer);
    const [type, resource] = [ownField(content, 'Type'), ownField(content, 'Resource')];
    const tested: TestableState = {
      name,
      type: String(type),
      depth,
      language,
      ...(type === 'Task' && { resource: parseResource(String(resource)) }),
      content,
      get text() {
        return JSON.stringify(content, null, 2);
      },
    };
    return [tested, ...scopesIn(state).flatMap((scope) => statesIn(scope, language, depth + 1))];
  });
}

const languageOf = (part: unknown, outer: TestableState['language']): TestableState['language'] => {
  const own = ownField(part, 'QueryLanguage');
  return own === 'JSONata' || own === 'JSONPath' ? own : outer;
};

/** Whether a mock can take the place of the state's work. */
export const canBeMocked = ({ type }: TestableState): boolean => ['Task', 'Parallel', 'Map'].includes(type);

/** Whether TestState runs the state without a mock (API Reference, TestState). */
export function runsWithoutMock({ type, resource }: TestableState): boolean {
  if (type === 'Parallel' || type === 'Map') return false;
  if (!resource || resource.kind === 'lambda') return true;
  return resource.kind === 'integration' && resource.pattern === 'requestResponse';
}

/** The definition with another text for one of its states, both JSON text. */
export function withState(definition: string, { name }: TestableState, text: string): string {
  const machine = objectOf(parsedJson(definition));
  const scope = [...scopesOf(machine)].find(({ states }) => states.some((state) => state.name === name));
  Object.assign(ownField(scope?.content, 'States') ?? {}, { [name]: JSON.parse(text) });
  return JSON.stringify(machine);
}
