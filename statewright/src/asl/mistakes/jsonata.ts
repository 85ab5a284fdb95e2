/** Mistakes in JSONata expressions. */
import { didYouMean, quoted } from '../../did-you-mean';
import { isJsonataFunction, JSONATA_FUNCTIONS } from '../jsonata-functions';
import { type JsonataNode, jsonataNodes } from '../jsonata-tree';
import { faultInStates } from './known-references';
import type { TextMistake } from './mistake';
import type { References } from './references';

/** The mistakes in an expression, `{% … %}`; none in one that cannot be parsed. */
export function mistakesInExpression(text: string, references: References): TextMistake[] {
  let nodes: readonly JsonataNode[];
  try {
    nodes = [...jsonataNodes(text)];
  } catch {
    // The validation reports it.
    return [];
  }
  const bound = new Set(nodes.flatMap(namesBoundBy));
  const called = new Set(nodes.flatMap(({ procedure }) => (procedure ? [procedure] : [])));
  return nodes.flatMap((node): TextMistake[] => {
    if (node.type === 'path') return mistakesOfPath(node, references);
    if (node.type !== 'variable') return [];
    const name = String(node.value);
    if (['', '$', 'states'].includes(name) || bound.has(name) || isJsonataFunction(name)) return [];
    return called.has(node) ? mistakesOfCall(name, references) : references.variable(name);
  });
}

/** The variables of the expression itself: `$v := …`, the parameters of a function, `@$v` and `#$i`. */
function namesBoundBy({ type, value, lhs, arguments: parameters, focus, index }: JsonataNode): string[] {
  const bound = [
    ...(type === 'bind' ? [lhs] : []),
    ...(type === 'lambda' && Array.isArray(parameters) ? parameters : []),
  ].flatMap((node: JsonataNode) => (typeof node?.value === 'string' ? [node.value] : []));
  const names = [focus, index, ...(type === 'index' ? [value] : [])];
  return [...bound, ...names.filter((name) => typeof name === 'string')];
}

function mistakesOfPath({ steps = [] }: JsonataNode, references: References): TextMistake[] {
  const [first, ...rest] = steps;
  if (first?.type !== 'variable' || first.value !== 'states') return [];
  const names: string[] = [];
  for (const step of rest) {
    if (step.type !== 'name') break;
    names.push(String(step.value));
  }
  const fault = faultInStates(names);
  if (fault === undefined && names[0] === 'context') return references.context(names.slice(1));
  if (fault !== undefined) return [{ code: 'UNKNOWN_REFERENCE', message: fault }];
  return names[0] === 'result' ? references.result() : [];
}

function mistakesOfCall(name: string, references: References): TextMistake[] {
  if (references.variable(name).length === 0) return [];
  const meant =
    name === 'eval' ? 'Use "$parse".' : didYouMean(name, JSONATA_FUNCTIONS, (each) => quoted(`$${each}`));
  const message = `Step Functions does not have the function "$${name}"`;
  return [{ code: 'UNKNOWN_FUNCTION', message: meant === undefined ? message : `${message}. ${meant}` }];
}
