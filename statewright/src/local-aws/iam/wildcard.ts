const compiled = new Map<string, RegExp>();

/**
 * Whether `value` matches an IAM pattern: `*` stands for any characters, `?` for exactly one (IAM User Guide,
 * "IAM JSON policy elements: Resource"). A `*` also crosses the colons and slashes of an ARN. `${*}`, `${?}` and `${$}`
 * stand for these characters themselves.
 */
export function matchesWildcard(pattern: string, value: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    expression = compile(pattern);
    compiled.set(pattern, expression);
  }
  return expression.test(value);
}

/**
 * What stands between two stars is looked for once, from where the one before it was found: a lookahead, once it has
 * matched, is not tried again. With `.*` alone, a handful of stars and a long value would take longer than anybody waits.
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
 * ARN patterns of ArnLike and ArnEquals: each of the six parts is matched by itself, so that a `*` stays inside its
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

/** The five leading parts, and all the rest as the sixth: a resource may hold colons of its own. */
function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])];
}
