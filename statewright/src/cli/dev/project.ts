import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isTemplateFile } from '../../cloudformation';
import type { DeployedStack, TargetAccount } from '../../local-aws/deployment';
import { hasConfiguration, isTerraformFile } from '../../terraform/stack-file';
import { UserError } from '../../user-error';
import { listOf, textOf, type Values } from '../command';
import { type DeployedFolder, deployFolder } from '../deploy-folder';
import { stackPlace } from '../find-stack';
import { substitutions } from '../machine';
import { findAndRehearse } from '../rehearsal/rehearse';
import { outputFolder } from '../synthesize-project';
import { ownerParameters, templatesIn } from '../template-place';
import { findFiles } from '../validation/find-files';
import { deployDefinitions } from './definitions';

/** What `dev` deploys again when a file changes. */
export interface DevProject {
  /** The folder that is watched. */
  readonly folder: string;
  /** The name of the first step, such as `Synthesize the stack`; undefined where nothing is prepared. */
  readonly label: string | undefined;
  /** The folder of what synthesis writes, which is not watched. */
  readonly output: string | undefined;
  /** Synthesizes or finds what is to be deployed. @throws UserError */
  prepare(): Promise<Prepared>;
}

/** What is deployed. */
export interface Prepared {
  /** The folder of the stack; undefined for definitions alone. */
  readonly folder: string | undefined;
  /** The template that the folder was made of. */
  readonly source?: string | undefined;
  /** The name of a template's stack, if an option sets it. */
  readonly stackName?: string | undefined;
  /** The account that it can be deployed to, if its ARNs name one. */
  readonly accountId?: string | undefined;
  deploy(target: TargetAccount, onResource?: (address: string) => void): Promise<DevDeployment>;
}

export type DevDeployment = Pick<DeployedFolder, 'notes'> & { readonly stack?: DeployedStack };

/**
 * The project in a folder: a CDKTF project, a Terraform stack, a template with its functions, or the definitions in files.
 *
 * @param path a folder or a file (default: the current folder)
 * @throws UserError when there is nothing to deploy
 */
export function devProject(path: string | undefined, values: Values): DevProject {
  const definition = textOf(values.definition);
  if (definition !== undefined && path !== undefined) {
    throw new UserError(
      `${path} and --definition ${definition} cannot be used together: each selects what to deploy.`,
      'Use one of them.',
    );
  }
  const chosen = {
    stateMachine: textOf(values['state-machine']),
    substitutions: substitutions(listOf(values.substitution)),
    hasStandIns: values['stand-ins'] !== undefined || values['mock-config'] !== undefined,
  };
  const file = definition ?? (path !== undefined && isDefinition(path) ? path : undefined);
  if (file !== undefined) return ofDefinitions(dirname(resolve(file)), () => ({ files: [file], ...chosen }));
  const folder = resolve(path ?? '.');
  if (isFolderOfDefinitions(folder)) {
    return ofDefinitions(folder, () => ({ files: findFiles([path ?? '.']), ...chosen }));
  }
  const place = stackPlace(path, textOf(values.stack), {
    ...chosen.substitutions,
    ...ownerParameters(textOf(values.account), textOf(values.region)),
  });
  return {
    folder: watchedFolder(place.template ?? folder),
    label: place.label,
    output: existsSync(join(folder, 'cdktf.json')) ? outputFolder(folder) : undefined,
    prepare: async () => {
      const found = await findAndRehearse(place);
      return {
        folder: found.folder,
        source: found.source,
        stackName: found.stackName,
        accountId: found.accountId,
        async deploy(target, onResource) {
          const { stack, notes } = await deployFolder(target, found.folder, onResource);
          return { stack, notes: [...(found.notices ?? []), ...notes] };
        },
      };
    },
  };
}

/** The folder itself, or that of a file: a template of the AWS CDK is with the code of its functions in `cdk.out`. */
const watchedFolder = (path: string): string =>
  statSync(path).isDirectory() ? path : dirname(resolve(path));

function ofDefinitions(folder: string, choice: () => Parameters<typeof deployDefinitions>[1]): DevProject {
  return {
    folder,
    label: undefined,
    output: undefined,
    prepare: async () => {
      const chosen = choice();
      return { folder: undefined, deploy: (target) => deployDefinitions(target, chosen) };
    },
  };
}

const isDefinition = (path: string) =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true &&
  !isTerraformFile(path) &&
  !isTemplateFile(path);

/** Whether a folder has definitions or templates, and neither a CDKTF project nor Terraform. */
function isFolderOfDefinitions(folder: string): boolean {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return false;
  if (existsSync(join(folder, 'cdktf.json')) || hasConfiguration(folder)) return false;
  if (templatesIn(folder).length > 0) return false;
  try {
    return findFiles([folder]).every((file) => basename(file) !== 'cdk.tf.json');
  } catch {
    return false;
  }
}
