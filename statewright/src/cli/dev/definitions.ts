import { type FoundDefinition, machineInFile, machinesInFile, type Substitutions } from '../../definitions';
import type { TargetAccount } from '../../local-aws/deployment';
import { taskStatesOf } from '../../testing/tasks';
import { UserError } from '../../user-error';
import type { DeployedFolder } from '../deploy-folder';
import { createPermissiveRole } from '../permissive-role';
import { withoutParts } from '../without-parts';

const ROLE = 'statewright-dev';

/** The files with the definitions, and what `--state-machine` and `--substitution` say of them. */
interface Definitions {
  readonly files: readonly string[];
  readonly stateMachine: string | undefined;
  readonly substitutions: Substitutions;
  /** Whether there are answers for what has no function here. */
  readonly hasStandIns: boolean;
}

/** Creates the state machines of definitions and templates, with a role that may do everything. */
export async function deployDefinitions(
  target: TargetAccount,
  { files, stateMachine, substitutions, hasStandIns }: Definitions,
): Promise<Pick<DeployedFolder, 'notes'>> {
  const { iam, states, accountId } = target.in(target.region);
  const machines = machinesIn({ files, stateMachine, substitutions });
  createPermissiveRole(iam, ROLE);
  for (const { name, file, definition, type } of machines) {
    try {
      states.createStateMachine({
        name: name.replace(/[^\w-]+/g, '-').slice(0, 80),
        definition: JSON.stringify(definition),
        type,
        roleArn: `arn:aws:iam::${accountId}:role/${ROLE}`,
      });
    } catch (error) {
      throw new UserError(`${file}: ${(error as Error).message}`);
    }
  }
  const notes = machines.flatMap(({ notices }) => notices);
  return { notes: hasStandIns ? notes : [...notes, ...missingFunctions(machines)] };
}

/** The state machines of the files. */
function machinesIn({
  files,
  stateMachine,
  substitutions,
}: Omit<Definitions, 'hasStandIns'>): FoundDefinition[] {
  if (stateMachine !== undefined) {
    return files.map((file) => machineInFile(file, substitutions, stateMachine));
  }
  return withoutParts(
    files.flatMap((source) =>
      machinesInFile(source, substitutions).map((machine) => ({ source, ...machine.read() })),
    ),
  );
}

/** Without stand-ins, the functions of definitions do not exist. */
function missingFunctions(machines: readonly FoundDefinition[]): string[] {
  const tasks = machines.flatMap(({ definition }) => taskStatesOf(definition));
  const names = [...new Set(tasks.flatMap(({ lambda }) => lambda ?? []))];
  return names.length === 0
    ? []
    : [`Functions that do not exist here need stand-ins, --stand-ins FILE: ${names.join(', ')}`];
}
