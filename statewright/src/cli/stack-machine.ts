import { stackPlace } from './find-stack';
import { type Machine, type MachineChoice, step } from './machine';
import { findAndRehearse } from './rehearsal/rehearse';
import { inAccount } from './service-options';
import { showNotes, withStackIn } from './stack-in-folder';
import { readStandIns } from './stand-ins';
import { ownerParameters } from './template-place';
import type { Progress } from './terminal';

/**
 * Finds a stack, which may be synthesized first, and runs one of its state machines.
 * @throws UserError when no stack is found, or several and no name
 */
export async function withStack<T>(
  choice: MachineChoice,
  progress: Progress | undefined,
  use: (machine: Machine) => Promise<T>,
): Promise<T> {
  const place = stackPlace(choice.path, choice.stack, {
    ...choice.substitutions,
    ...ownerParameters(choice.services?.account.accountId),
  });
  const [{ folder, accountId, notices = [] }, given] = await step(progress, place.label, () =>
    Promise.all([findAndRehearse(place), readStandIns(choice.standIns)]),
  );
  showNotes(notices, progress);
  const services = inAccount(choice.services ?? { account: {}, notes: [] }, accountId);
  return withStackIn(folder, given, { ...choice, services }, progress, use);
}
