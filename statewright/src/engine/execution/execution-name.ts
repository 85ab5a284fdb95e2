/** The execution's name, the last part of its ARN; an Express execution's ARN has an id after it. */
export function executionName(executionArn: string): string {
  const [, express] = /^(?:[^:]*:){5}express:[^:]*:([^:]*)/.exec(executionArn) ?? [];
  return express ?? executionArn.slice(executionArn.lastIndexOf(':') + 1);
}
