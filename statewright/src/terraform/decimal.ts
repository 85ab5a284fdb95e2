/**
 * The result of a calculation as Terraform has it, which calculates with 512 bits: 0.1 + 0.2 is 0.3, and 60 * 1.1 is 66.
 * A result with a short decimal text is meant exactly; any other one is unchanged.
 */
export function decimal(result: number): number {
  const rounded = Number(result.toPrecision(15));
  return String(rounded).length < 15 ? rounded : result;
}
