import type { DeployedStack } from '../local-aws/deployment';

/**
 * The state machine that a name selects: its own name, or that of its resource, which is the logical id in a template.
 *
 * @returns undefined for any other name
 */
export function stateMachineCalled<M extends { readonly name: string }>(
  wanted: string,
  stateMachines: readonly M[],
  { resources }: DeployedStack,
): M | undefined {
  const resource = resources.find(({ type, name }) => type === 'aws_sfn_state_machine' && name === wanted);
  const called = (expected: unknown) => stateMachines.find(({ name }) => name === expected);
  return called(wanted) ?? called(resource?.attributes.name);
}
