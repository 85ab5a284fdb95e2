/**
 * Terraform's expressions as far as a synthesized stack uses them: templates, references, literals, operators,
 * conditions and function calls (Terraform documentation, "Expressions"; HCL Native Syntax Specification).
 */

export type BinaryOperator =
  | '||'
  | '&&'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%';

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** Text made of parts; parts that are not text are converted. */
  | { readonly kind: 'template'; readonly parts: readonly Expression[] }
  /** The first name of a reference: `var`, `data`, `aws_iam_role`, … */
  | { readonly kind: 'root'; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly index: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | {
      readonly kind: 'conditional';
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'unary'; readonly operator: '!' | '-'; readonly operand: Expression };

/** The direct parts of an expression. */
function parts(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'root':
      return [];
    case 'template':
      return expression.parts;
    case 'attribute':
      return [expression.of];
    case 'index':
      return [expression.of, expression.index];
    case 'call':
      return expression.arguments;
    case 'list':
      return expression.items;
    case 'object':
      return expression.entries.flat();
    case 'conditional':
      return [expression.test, expression.yes, expression.no];
    case 'binary':
      return [expression.left, expression.right];
    case 'unary':
      return [expression.operand];
  }
}

/**
 * The references in an expression as lists of names, up to the first computed name:
 * `data.aws_region.here.name` is `['data', 'aws_region', 'here', 'name']`.
 */
export function references(expression: Expression): string[][] {
  const path = referencePath(expression);
  return path ? [path] : parts(expression).flatMap(references);
}

function referencePath(expression: Expression): string[] | undefined {
  if (expression.kind === 'root') return [expression.name];
  if (expression.kind === 'attribute') {
    const path = referencePath(expression.of);
    return path && [...path, expression.name];
  }
  if (expression.kind === 'index' && expression.index.kind === 'literal') {
    const path = referencePath(expression.of);
    return path && [...path, String(expression.index.value)];
  }
  return undefined;
}
