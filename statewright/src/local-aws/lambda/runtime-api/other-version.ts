const warned = new Set<string>();

/**
 * Warns once when a runtime is run by another version than it names.
 * @param identifier such as `python3.13`, `nodejs22.x` or `java8.al2`
 * @param actual what runs it, such as `python3.11.2`: the same version begins with the language and the version
 */
export function warnOfOtherVersion(identifier: string, actual: string, language: string): void {
  if (`${actual}.`.startsWith(`${identifier.replace(/\.(?:x|al2)$/, '')}.`) || warned.has(identifier)) return;
  warned.add(identifier);
  process.emitWarning(`${language} functions of the runtime ${identifier} run on ${actual} here.`);
}
