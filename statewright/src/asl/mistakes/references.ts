/** What the expressions of a field can refer to. */
import { didYouMean, quoted } from '../../did-you-mean';
import { ownField, type StatePart } from '../graph';
import { parseResource } from '../resource';
import { isToken } from '../token';
import type { TextMistake } from './mistake';
import type { Text } from './texts';

/** The variables that a state can read. */
export interface Variables {
  /** Those that its scope and the scopes around it assign. */
  readonly known: ReadonlySet<string>;
  /** Those that are assigned outside the distributed Map around it: its child executions do not have them. */
  readonly outside: ReadonlySet<string>;
}

/** The mistakes in references of one field of a state. */
export class References {
  readonly #state: StatePart;
  readonly #text: Text;
  readonly #variables: Variables;
  readonly #inMap: boolean;

  constructor(state: StatePart, text: Text, variables: Variables, inMap: boolean) {
    this.#state = state;
    this.#text = text;
    this.#variables = variables;
    this.#inMap = inMap;
  }

  variable(name: string): TextMistake[] {
    const { known, outside } = this.#variables;
    if (known.has(name)) return [];
    const message = outside.has(name)
      ? `The variable "$${name}" is assigned outside the distributed Map, whose child executions do not have it: pass it in ItemSelector`
      : `No state assigns the variable "$${name}"`;
    const names = this.#text.text.startsWith('{%') ? [...known, 'states'] : known;
    const meant = outside.has(name) ? undefined : didYouMean(name, names, (each) => quoted(`$${each}`));
    return [{ code: 'UNASSIGNED_VARIABLE', message: meant === undefined ? message : `${message}. ${meant}` }];
  }

  /** @param names a path in the context object, whose fields exist in some states */
  context([name, field]: readonly string[]): TextMistake[] {
    const { content } = this.#state;
    if (name === 'Map' && !this.#inMap && ownField(content, 'Type') !== 'Map') {
      return unknown('Only a Map and the states in its processor have the field "Map" of the context object');
    }
    if (name === 'Task' && field === 'Token' && !hasTaskToken(this.#state)) {
      return unknown('Only a Task with .waitForTaskToken or .sync has a task token');
    }
    return [];
  }

  result(): TextMistake[] {
    const type = String(ownField(this.#state.content, 'Type'));
    const { field } = this.#text;
    if (['Task', 'Parallel', 'Map'].includes(type) && ['Output', 'Assign'].includes(field)) return [];
    return unknown('Only Output and Assign of a Task, a Parallel and a Map have $states.result');
  }
}

const unknown = (message: string): TextMistake[] => [{ code: 'UNKNOWN_REFERENCE', message }];

/** Whether a state can have a task token; true also when only Terraform knows what it calls. */
function hasTaskToken({ content }: StatePart): boolean {
  const resource = ownField(content, 'Resource');
  if (isToken(resource)) return true;
  if (typeof resource !== 'string') return false;
  const called = parseResource(resource);
  return (
    called.kind === 'activity' || (called.kind === 'integration' && called.pattern !== 'requestResponse')
  );
}
