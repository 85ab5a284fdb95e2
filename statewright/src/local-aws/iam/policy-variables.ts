/** Condition keys and their values, as a request has them. */
export type ConditionValues = Readonly<Record<string, string | readonly string[]>>;

/** The value of a condition key; its name is compared without regard to case. */
export function conditionValue(values: ConditionValues, key: string): string | readonly string[] | undefined {
  const name = Object.keys(values).find((candidate) => candidate.toLowerCase() === key.toLowerCase());
  return name === undefined ? undefined : values[name];
}

const VARIABLE = /\$\{\s*([\w:/-]+)\s*(?:,\s*'([^']*)'\s*)?\}/g;

/**
 * A resource or a condition's value with its variables, `${aws:PrincipalAccount}` or `${aws:PrincipalArn, 'default'}`,
 * replaced by what the request has (IAM User Guide, "IAM policy elements: Variables and tags"). `${*}`, `${?}` and `${$}`
 * are left: they are wildcard.ts's.
 * @returns undefined when the request has no such key, or several values of it, and there is no default: nothing
 * matches that
 */
export function withVariables(text: string, values: ConditionValues): string | undefined {
  if (!text.includes('${')) return text;
  let missing = false;
  const resolved = text.replace(VARIABLE, (_, key: string, fallback?: string) => {
    const value = conditionValue(values, key) ?? fallback;
    if (typeof value === 'string') return value;
    missing = true;
    return '';
  });
  return missing ? undefined : resolved;
}
