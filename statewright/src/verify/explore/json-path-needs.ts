import { ownField, type StatePart } from '../../asl/graph';
import { Needs } from './needs';
import { passedReferences } from './passed-references';
import { jsonPathReferences, type Path, type Reference, sourceIn } from './references';
import type { SharedNeeds } from './shared-needs';
import { addMapNeeds, assignmentsOf, type NeedingState, type Surroundings } from './state-needs';

/** Adds what a state in JSONPath needs of its input, of its result and of variables. */
export function addJsonPathNeeds(needing: NeedingState, surroundings: Surroundings): void {
  const { state, references, own } = needing;
  const { content } = state;
  const { shared } = surroundings;
  const { of: inputOf, path: prefix } = sourceIn(ownField(content, 'InputPath'));
  const input = shared.documentOf(inputOf, own);
  if (prefix.length > 0) input.add(prefix);
  const after = beforeOutputPath(content, needing.after, shared);
  input.addReferences(references, 'input', prefix);
  const type = ownField(content, 'Type');
  if (type === 'Choice' || type === 'Wait' || type === 'Succeed') {
    input.addAll(after, prefix).addAll(assigned(state, shared), prefix);
    return;
  }
  const resultPath = ownField(content, 'ResultPath');
  const { inside, outside } =
    resultPath === null ? { inside: new Needs(), outside: after } : after.split(sourceIn(resultPath).path);
  own.addAll(outside);
  const result = beforeSelector(state, references, inside, shared);
  const parameters = ownField(content, 'Parameters');
  const addToInput = (needs: Needs): void => {
    if (parameters === undefined) input.addAll(needs, prefix);
    else shared.addWithInput(passedReferences(parameters, 'input', needs), input, prefix);
  };
  switch (type) {
    case 'Task':
      surroundings.addResult(state.name, result);
      return;
    case 'Pass':
      if (ownField(content, 'Result') === undefined) addToInput(result);
      return;
    case 'Parallel':
      addToInput(surroundings.ofBranches(state, result));
      return;
    case 'Map': {
      const { of, path } = sourceIn(ownField(content, 'ItemsPath'));
      const whole: Path = of === 'input' ? [...prefix, ...path] : path;
      const fields = {
        result,
        list: { in: shared.documentOf(of, input), path: whole },
        selector: ownField(content, 'ItemSelector') ?? parameters,
        passed: (template: unknown, needs: Needs) => passedReferences(template, 'input', needs),
        input,
        prefix,
      };
      addMapNeeds(needing, fields, surroundings);
    }
  }
}

/** What is needed of the data that an OutputPath selects from. */
function beforeOutputPath(content: StatePart['content'], output: Needs, shared: SharedNeeds): Needs {
  const outputPath = ownField(content, 'OutputPath');
  const data = new Needs();
  if (outputPath === null) return data;
  const { of, path } = sourceIn(outputPath);
  const document = shared.documentOf(of, data).addAll(output, path);
  if (path.length > 0) document.add(path);
  return data;
}

/** What is needed of the result itself. @param selected what is needed of what a ResultSelector makes of it */
function beforeSelector(
  state: StatePart,
  references: readonly Reference[],
  selected: Needs,
  shared: SharedNeeds,
): Needs {
  const selector = ownField(state.content, 'ResultSelector');
  if (selector === undefined) return selected.addAll(assigned(state, shared));
  return new Needs()
    .addReferences(references, 'result')
    .addReferences(passedReferences(selector, 'result', selected), 'result');
}

/** What is needed of the result for the variables that a state assigns. */
function assigned(state: StatePart, shared: SharedNeeds): Needs {
  const needs = new Needs();
  for (const [name, value] of assignmentsOf(state)) {
    const [only] =
      name.endsWith('.$') && typeof value === 'string' ? jsonPathReferences(value, 'result') : [];
    if (only?.of === 'result') {
      needs.addAll(shared.variable(name.replace(/\.\$$/, '')), only.path).add(only.path);
    }
  }
  return needs;
}
