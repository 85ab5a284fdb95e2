/** The execution's name, the last part of its ARN; an Express execution's ARN has an id after it. */
export function executionName(executionArn: string): string {
  const parts = executionArn.split(':');
  return (parts[5] === 'express' ? parts[7] : parts.at(-1)) ?? '';
}
