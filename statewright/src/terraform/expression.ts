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
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly arguments: readonly Expression[];
      /** The last argument is a list of arguments: `f(list...)`. */
      readonly expand: boolean;
    }
  /** `[for key, value in of : item if condition]`, or with `itemKey` an object. */
  | {
      readonly kind: 'for';
      readonly key?: string | undefined;
      readonly value: string;
      readonly of: Expression;
      readonly itemKey?: Expression | undefined;
      readonly item: Expression;
      /** `item...`: a list of items for each key. */
      readonly grouped: boolean;
      readonly condition?: Expression | undefined;
    }
  /** `of[*].name`; in `item`, each one is the root `*`. */
  | { readonly kind: 'splat'; readonly of: Expression; readonly item: Expression }
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

/** The name of the item in a splat expression. */
export const SPLAT_ITEM = '*';

/** The direct parts of an expression, each with the names that the expression defines for it. */
function parts(expression: Expression): readonly (readonly [part: Expression, names: readonly string[]])[] {
  const plain = (...inner: Expression[]) => inner.map((part) => [part, []] as const);
  switch (expression.kind) {
    case 'literal':
    case 'root':
      return [];
    case 'template':
      return plain(...expression.parts);
    case 'attribute':
      return plain(expression.of);
    case 'index':
      return plain(expression.of, expression.index);
    case 'call':
      return plain(...expression.arguments);
    case 'list':
      return plain(...expression.items);
    case 'object':
      return plain(...expression.entries.flat());
    case 'conditional':
      return plain(expression.test, expression.yes, expression.no);
    case 'binary':
      return plain(expression.left, expression.right);
    case 'unary':
      return plain(expression.operand);
    case 'splat':
      return [...plain(expression.of), [expression.item, [SPLAT_ITEM]]];
    case 'for': {
      const { key, value, of, itemKey, item, condition } = expression;
      const names = key === undefined ? [value] : [key, value];
      const inner = [itemKey, item, condition].filter((part) => part !== undefined);
      return [...plain(of), ...inner.map((part) => [part, names] as const)];
    }
  }
}

/**
 * The references in an expression as lists of names, up to the first computed name:
 * `data.aws_region.here.name` is `['data', 'aws_region', 'here', 'name']`. Names that the expression itself defines, as
 * with `for`, are not references.
 */
export function references(expression: Expression): string[][] {
  const path = referencePath(expression);
  if (path) return [path];
  return parts(expression).flatMap(([part, names]) =>
    references(part).filter(([root = '']) => !names.includes(root)),
  );
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
