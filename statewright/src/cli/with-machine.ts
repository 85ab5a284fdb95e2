import type { Machine, MachineChoice } from './machine';
import type { Progress } from './terminal';

/**
 * Brings the chosen state machine up in a local account of its own, hands it over, and takes it all down again. A stack
 * runs with its real functions, in real time; a definition alone runs in simulated time.
 *
 * @param progress undefined to print nothing
 */
export async function withMachine<T>(
  choice: MachineChoice,
  progress: Progress | undefined,
  use: (machine: Machine) => Promise<T>,
): Promise<T> {
  if (choice.definition !== undefined) {
    const { withDefinition } = await import('./definition-machine');
    return withDefinition(choice.definition, choice, progress, use);
  }
  const { withStack } = await import('./stack-machine');
  return withStack(choice, progress, use);
}
