const compiled = new Map<string, RegExp>();

/**
 * Whether `value` matches an IAM pattern: `*` stands for any characters, `?` for exactly one (IAM User Guide,
 * "IAM JSON policy elements: Resource"). A `*` also crosses the colons and slashes of an ARN. `${*}`, `${?}` and `${$}`
 * stand for these characters themselves.
 */
export function matchesWildcard(pattern: string, value: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    const source = pattern
      .split(/(\$\{[*?$]\})/)
      .map((part, index) => (index % 2 === 1 ? `\\${part[2]}` : wildcardSource(part)))
      .join('');
    expression = new RegExp(`^${source}$`, 's');
    compiled.set(pattern, expression);
  }
  return expression.test(value);
}

const wildcardSource = (text: string) =>
  text
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');

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
