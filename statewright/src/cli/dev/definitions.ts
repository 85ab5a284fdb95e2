import { machineInFile, machinesInFile, type Substitutions } from '../../definitions';
import type { TargetAccount } from '../../local-aws/deployment';
import { UserError } from '../../user-error';
import type { DeployedFolder } from '../deploy-folder';

const ROLE = 'statewright-dev';

/** The files with the definitions, and what `--state-machine` and `--substitution` say of them. */
interface Definitions {
  readonly files: readonly string[];
  readonly stateMachine: string | undefined;
  readonly substitutions: Substitutions;
}

/** Creates the state machines of definitions and templates, with a role that may do everything. */
export async function deployDefinitions(
  target: TargetAccount,
  { files, stateMachine, substitutions }: Definitions,
): Promise<Pick<DeployedFolder, 'notes'>> {
  const { iam, states, accountId } = target.in(target.region);
  const machines = files.flatMap((file) =>
    stateMachine === undefined
      ? machinesInFile(file, substitutions).map((each) => each.read())
      : [machineInFile(file, substitutions, stateMachine)],
  );
  iam.createRole({
    RoleName: ROLE,
    AssumeRolePolicyDocument: policy({
      Principal: { Service: 'states.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
  });
  iam.putRolePolicy({
    RoleName: ROLE,
    PolicyName: 'everything',
    PolicyDocument: policy({ Action: '*', Resource: '*' }),
  });
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
  return { notes: machines.flatMap(({ notices }) => notices) };
}

const policy = (statement: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
