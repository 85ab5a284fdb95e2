import { objectOf, ownField, type StatePart } from '../../asl/graph';
import { Needs } from './needs';
import { mergesInput, passedExpressions, wholeReference } from './passed-references';
import { sourceIn } from './references';
import type { SharedNeeds } from './shared-needs';
import { addMapNeeds, assignmentsOf, type NeedingState, type Surroundings } from './state-needs';

/** Adds what a state in JSONata needs of its input, of its result and of variables. */
export function addJsonataNeeds(needing: NeedingState, surroundings: Surroundings): void {
  const { state, references, own, after } = needing;
  const { content } = state;
  const { shared } = surroundings;
  own.addReferences(references, 'input').addAll(assigned(state, 'input', shared));
  const type = ownField(content, 'Type');
  const works = type === 'Task' || type === 'Parallel' || type === 'Map';
  const result = new Needs().addReferences(references, 'result').addAll(assigned(state, 'result', shared));
  const output = ownField(content, 'Output');
  if (output === undefined) (works ? result : own).addAll(after);
  else addThroughOutput(output, needing, result, shared);
  if (type === 'Task') surroundings.addResult(state.name, result);
  if (type === 'Parallel') {
    const inner = surroundings.ofBranches(state, result);
    const argument = ownField(content, 'Arguments');
    if (argument === undefined) own.addAll(inner);
    else shared.addWithInput(passedExpressions(argument, inner), own);
  }
  if (type === 'Map') {
    const items = ownField(content, 'Items');
    const source = items === undefined ? sourceIn(items) : wholeReference(items);
    const fields = {
      result,
      list: source && { in: shared.documentOf(source.of, own), path: source.path },
      selector: ownField(content, 'ItemSelector'),
      passed: passedExpressions,
      input: own,
    };
    addMapNeeds(needing, fields, surroundings);
  }
}

/** Adds what is needed for an Output: of the input or the result, where it is one of them or a member of one. */
function addThroughOutput(
  output: unknown,
  { own, after }: NeedingState,
  result: Needs,
  shared: SharedNeeds,
): void {
  const passed = passedExpressions(output, after);
  shared.addWithInput(passed, own);
  result.addReferences(passed, 'result');
  const addMerged = (value: unknown, needs: Needs): void => {
    if (!mergesInput(value)) return;
    own.addAll(needs.filter((first) => first !== undefined && !String(value).includes(`${first}`)));
  };
  const members = objectOf(output);
  if (members === undefined) addMerged(output, after);
  else for (const [name, value] of Object.entries(members)) addMerged(value, after.split([name]).inside);
}

/** What is needed of the input or the result for the variables that a state assigns. */
function assigned(state: StatePart, of: 'input' | 'result', shared: SharedNeeds): Needs {
  const needs = new Needs();
  for (const [name, value] of assignmentsOf(state)) {
    const whole = wholeReference(value);
    if (whole?.of === of) needs.addAll(shared.variable(name), whole.path).add(whole.path);
  }
  return needs;
}
