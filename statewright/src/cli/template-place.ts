import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isTemplateFile, synthesizeTemplate } from '../cloudformation';
import type { Substitutions } from '../definitions';
import { environmentRegion } from './region';
import { atEnd } from './stop-signal';
import type { StackPlace } from './synthesize-project';

/**
 * The stack of a template of CloudFormation, SAM, the AWS CDK or the Serverless Framework, which is written as Terraform JSON
 * into a temporary folder.
 */
export function templatePlace(file: string, parameters: Substitutions): StackPlace {
  let folder: string | undefined;
  return {
    template: file,
    async find() {
      folder ??= temporaryFolder();
      const values = { 'AWS::Region': environmentRegion(), ...parameters };
      const stackName = parameters['AWS::StackName'];
      return {
        name: basename(file),
        folder,
        source: file,
        stackName,
        ...synthesizeTemplate(file, folder, values),
      };
    },
  };
}

/** The pseudo parameters that options decide: an account's id and a region, if they are given. */
export const ownerParameters = (accountId: string | undefined, region?: string): Substitutions => ({
  ...(accountId !== undefined && { 'AWS::AccountId': accountId }),
  ...(region !== undefined && { 'AWS::Region': region }),
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'statewright-template-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The files with a folder's templates, and where tools write those that they make; the first that exist. */
const PLACES: readonly [folder: string, name: RegExp][] = [
  ['.', /^template\.(?:ya?ml|json)$/],
  ['.', /(?<!\.nested)\.template\.json$/],
  ['cdk.out', /(?<!\.nested)\.template\.json$/],
  ['.serverless', /^cloudformation-template-update-stack\.json$/],
];

/** The templates of a project of SAM, the AWS CDK or the Serverless Framework. */
export function templatesIn(folder: string): readonly string[] {
  for (const [place, name] of PLACES) {
    const inside = join(folder, place);
    const files = namesIn(inside)
      .filter((each) => name.test(each))
      .map((each) => join(inside, each))
      .filter(isTemplateFile);
    if (files.length > 0) return files;
  }
  return [];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
