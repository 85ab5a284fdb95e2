import { withDefinition } from './definition-machine';
import type { Machine, MachineChoice } from './machine';
import { withStack } from './stack-machine';
import type { Progress } from './terminal';

/**
 * Deploys the selected state machine to its own local account, passes it to a function, and closes the account. A stack
 * runs with its real functions, in real time; a definition alone runs in simulated time.
 *
 * @param progress undefined to print nothing
 */
export async function withMachine<T>(
  choice: MachineChoice,
  progress: Progress | undefined,
  use: (machine: Machine) => Promise<T>,
): Promise<T> {
  return choice.definition === undefined
    ? withStack(choice, progress, use)
    : withDefinition(choice.definition, choice, progress, use);
}
