/** Condition keys and their values, as a request has them. */
export type ConditionValues = Readonly<Record<string, string | readonly string[]>>;

/** The value of a condition key; its name is compared without regard to case. */
export function conditionValue(values: ConditionValues, key: string): string | readonly string[] | undefined {
  const name = Object.keys(values).find((candidate) => candidate.toLowerCase() === key.toLowerCase());
  return name === undefined ? undefined : values[name];
}

const VARIABLE = /\$\{\s*([\w:/-]+)\s*(?:,\s*'([^']*)'\s*)?\}/g;

/** The condition keys of the variables in a resource or in a condition's value. */
export const variablesIn = (text: string): string[] =>
  [...text.matchAll(VARIABLE)].map(([, key]) => key as string);

/**
 * A resource or a condition's value with its variables, `${aws:PrincipalAccount}` or `${aws:PrincipalArn, 'default'}`,
 * replaced by the request's values (IAM User Guide, "IAM policy elements: Variables and tags"). `${*}`, `${?}` and
 * `${$}` are left for wildcard.ts.
 * @returns undefined, which matches nothing, when the request has none or several values for the key and the variable
 * has no default
 */
export function withVariables(text: string, values: ConditionValues): string | undefined {
  if (!text.includes('${')) return text;
  let missing = false;
  const resolved = text.replace(VARIABLE, (_, key: string, fallback?: string) => {
    const value = conditionValue(values, key) ?? fallback;
    // The value means itself: it has no wildcards.
    if (typeof value === 'string') return value.replace(/[*?$]/g, (character) => `\${${character}}`);
    missing = true;
    return '';
  });
  return missing ? undefined : resolved;
}
