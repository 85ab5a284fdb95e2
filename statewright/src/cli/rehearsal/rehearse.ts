import { throws } from '../../testing/answers';
import type { EndedExecution } from '../machine';
import { withStackIn } from '../stack-in-folder';
import type { StackPlace, SynthesizedStack } from '../synthesize-project';

let rehearsal: Promise<unknown> | undefined;

/**
 * Finds a stack. While the app of a project synthesizes it in another process, this one rehearses what it does with it.
 * @throws UserError when no stack is found, or several and no name
 */
export async function findAndRehearse(place: StackPlace): Promise<SynthesizedStack> {
  const found = place.find();
  // It may fail before it is awaited.
  found.catch(() => {});
  if (place.label !== undefined) {
    // What fails here, fails with the project's stack, too, and is reported then.
    rehearsal ??= rehearse().catch(() => {});
    await rehearsal;
  }
  return found;
}

/**
 * Deploys and runs the small stack of this folder: that loads, and runs for the first time, nearly all that a project's
 * stack needs. Its function does not run, which would take a process.
 */
export function rehearse(): Promise<EndedExecution> {
  const given = { file: 'cdk.tf.json', answers: new Map([['Rehearse', throws('Rehearsal')]]) };
  return withStackIn(__dirname, given, { path: __dirname, substitutions: {} }, undefined, (machine) =>
    machine.run('{}', ''),
  );
}
