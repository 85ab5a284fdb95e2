const compiled = new Map<string, RegExp>();

/**
 * Whether `value` matches an IAM pattern: `*` matches any characters, `?` exactly one (IAM User Guide, "IAM JSON policy
 * elements: Resource"). A `*` also matches the colons and slashes of an ARN. `${*}`, `${?}` and `${$}` are these
 * characters themselves.
 */
export function matchesWildcard(pattern: string, value: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    expression = compile(pattern);
    // Policy variables make new patterns.
    if (compiled.size >= 10_000) compiled.clear();
    compiled.set(pattern, expression);
  }
  return expression.test(value);
}

/** The text that `${*}`, `${?}` and `${$}` in it mean, where no wildcards are allowed. */
export const withoutEscapes = (text: string): string => text.replace(/\$\{([*?$])\}/g, '$1');

/** The text that means itself where variables are replaced: `$` is written as `${$}`. */
export const withEscapedVariables = (text: string): string => text.replaceAll(/\$(?=\{)/g, () => `\${$}`);

/**
 * The text between two stars is searched once, from the end of the previous match: a lookahead that has matched is not
 * tried again. With `.*` alone, a few stars and a long value would take far too long.
 */
function compile(pattern: string): RegExp {
  const parts: string[] = [''];
  for (const [token, literal] of pattern.matchAll(/\$\{([*?$])\}|\*+|[\s\S]/g)) {
    if (literal === undefined && token.startsWith('*')) parts.push('');
    else parts.push(parts.pop() + (token === '?' ? '.' : (literal ?? token).replace(/[^\w\s]/, '\\$&')));
  }
  const [first, ...rest] = parts;
  const last = rest.pop();
  const between = rest.map((part, index) => `(?=(.*?${part}))\\${index + 1}`).join('');
  return new RegExp(`^${first}${between}${last === undefined ? '' : `.*${last}`}$`, 's');
}

/**
 * ARN patterns of ArnLike and ArnEquals: each of the six parts is matched separately, so that a `*` stays within its
 * part (IAM User Guide, "Amazon Resource Name (ARN) condition operators").
 */
export function matchesArn(pattern: string, value: string): boolean {
  const patterns = arnParts(pattern);
  const values = arnParts(value);
  return (
    patterns.length === 6 &&
    values.length === 6 &&
    patterns.every((part, index) => matchesWildcard(part, values[index] as string))
  );
}

/** The first five parts, and the rest as the sixth: a resource may contain colons. */
function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])];
}
