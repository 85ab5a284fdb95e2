import { TO_SET_A_VALUE } from '../definitions/fictitious-values';
import { UserError } from '../user-error';
import { callOf } from './invocation';
import { type Machine, type MachineChoice, outcomeOf, step } from './machine';
import { applyStandIns, missingStandIn, readStandIns } from './stand-ins';
import { createTerminal, Progress } from './terminal';

/** Runs the definition in a file, in simulated time, with stand-ins for everything that it calls. */
export async function withDefinition<T>(
  file: string,
  choice: MachineChoice,
  progress: Progress | undefined,
  use: (machine: Machine) => Promise<T>,
): Promise<T> {
  const { machineInFile } = require('../definitions') as typeof import('../definitions');
  const { deployWithBuckets } = require('../testing/deploy') as typeof import('../testing/deploy');
  const given = await readStandIns(choice.standIns);
  const found = machineInFile(file, choice.substitutions, choice.stateMachine);
  const definition = JSON.stringify(found.definition);
  const workflow = await step(progress, `Read ${found.name} from ${found.file}`, async () => {
    try {
      return await deployWithBuckets(
        found.definition,
        { name: machineName(found.name), type: found.type, startTime: new Date() },
        choice.services?.account.bucketOf,
      );
    } catch (error) {
      throw invalidDefinition(error, found.file);
    }
  });
  // With --json standard output is for another program.
  showNotices(found.notices, progress ?? new Progress(createTerminal({ stream: process.stderr })));
  try {
    applyStandIns(given, (name, answer) => workflow.replace(name, answer));
    return await use({
      name: found.name,
      definition,
      type: found.type,
      functionMemory: {},
      run: async (input, title) => {
        const { events } = await step(progress, `Run in simulated time: ${title}`, async () => {
          try {
            return await workflow.run(JSON.parse(input));
          } catch (error) {
            throw missingStandIn(error, definition, given);
          }
        });
        return { input, events, outcome: outcomeOf(events), logs: [] };
      },
    });
  } finally {
    await workflow.close();
  }
}

/** Lists the placeholders that have no value, and what takes their place. */
export function showNotices(notices: readonly string[], progress: Progress): void {
  for (const notice of notices) progress.step(notice);
  if (notices.length > 0) progress.step(TO_SET_A_VALUE);
}

/** @throws UserError; the user has to fix a definition that Step Functions refuses */
function invalidDefinition(error: unknown, file: string): unknown {
  const { code, message } = error as { code?: unknown; message: string };
  if (code !== 'InvalidDefinition') return error;
  return new UserError(
    `${file}: ${message}`,
    `To see every error with its line: ${callOf('validate', file)}`,
  );
}

/** A name as Step Functions allows it: up to 80 letters, digits, `-` and `_`. */
export const machineName = (name: string) => name.replace(/[^\w-]+/g, '-').slice(0, 80) || 'state-machine';
