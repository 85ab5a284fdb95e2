/**
 * Turns a template of CloudFormation, SAM, the AWS CDK or the Serverless Framework into Terraform JSON, which the local AWS
 * deploys: functions, layers, roles, log groups and state machines. Values are those of `definitions`: every name and ARN is
 * known before the deployment. Other resources keep their types, and exist by name only.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isMeantAsTemplate } from '../definitions';
import { namesIn } from '../definitions/cloudformation/machines';
import {
  nestedFile,
  nestedLocation,
  nestedTemplate,
  nestedValues,
} from '../definitions/cloudformation/nested-stack';
import { hasFile, type Template, templateIn } from '../definitions/cloudformation/template';
import type { Substitutions } from '../definitions/definition';
import {
  ownerIn,
  PSEUDO_PARAMETERS,
  pseudoParameters,
  TO_SET_A_VALUE,
} from '../definitions/fictitious-values';
import { checkNames } from '../definitions/placeholders';
import { readUserFile } from '../user-file';
import { cdkEnvironment } from './cdk-environment';
import { EvaluatedTemplate } from './evaluated-template';
import { TERRAFORM_TYPES, TYPES } from './resources';
import { addOtherRoles } from './resources/iam';
import { Stack } from './stack';
import type { StackResource } from './stack-resource';

/** Whether a file is a template, which may have mistakes. @throws UserError for a file that cannot be read */
export const isTemplateFile = (file: string): boolean =>
  /\.(?:ya?ml|json|template)$/i.test(file) && isMeantAsTemplate(readUserFile(file), file);

/** A template that was written as Terraform JSON. */
export interface SynthesizedTemplate {
  /** What the user has to know: whole sentences. */
  readonly notices: readonly string[];
  /** The account that an app of the AWS CDK has synthesized the template for, if it names one. */
  readonly accountId?: string;
}

/**
 * Writes cdk.tf.json, and the code that has to be built, into a folder, which is replaced.
 *
 * @param given values of the template's parameters, and of pseudo parameters such as `AWS::Region`
 * @throws UserError for a template that cannot be read, and for a parameter that it does not have
 */
export function synthesizeTemplate(
  file: string,
  folder: string,
  given: Substitutions = {},
): SynthesizedTemplate {
  const template = { ...templateIn(file), namePrefix: '' };
  const { accountId, region } = cdkEnvironment(file);
  const parameters = {
    ...given,
    ...(accountId !== undefined && { 'AWS::AccountId': accountId }),
    ...(region !== undefined && { 'AWS::Region': region }),
  };
  checkNames(Object.keys(given), [...namesIn(template), ...Object.keys(PSEUDO_PARAMETERS)], file);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const stack = new Stack(folder, ownerIn(parameters));
  const resources = resourcesOf(template, parameters, { stack, around: [], prefix: '' });
  for (const { type, arn } of resources) if (type === 'AWS::IAM::Role') stack.addRole(arn);
  const types = Object.keys(TYPES);
  const inTurn = resources.sort((a, b) => types.indexOf(a.type) - types.indexOf(b.type));
  for (const resource of inTurn) TYPES[resource.type]?.(resource, stack);
  addOtherRoles(stack);
  writeFileSync(join(folder, 'cdk.tf.json'), stack.json.text(stack.owner.region, TERRAFORM_TYPES));
  if (stack.hasFictitious) stack.notices.push(TO_SET_A_VALUE);
  return { notices: [...new Set(stack.notices)], ...(accountId !== undefined && { accountId }) };
}

/** Where a template is among those of its stack. */
interface Place {
  readonly stack: Stack;
  /** The absolute paths of the templates of the stacks around this one. */
  readonly around: readonly string[];
  /** What the labels of its resources begin with. */
  readonly prefix: string;
}

/** Resources without which the others run the same. Connectors are policies. */
const LEFT_OUT = [
  'AWS::CDK::Metadata',
  'AWS::Lambda::LayerVersionPermission',
  'AWS::Lambda::Permission',
  'AWS::Serverless::Connector',
];

/** The resource that a version is one of: versions are published with it. */
const VERSIONS: Readonly<Record<string, string>> = {
  'AWS::Lambda::Version': 'FunctionName',
  'AWS::StepFunctions::StateMachineVersion': 'StateMachineArn',
};

/** The resources of a template and of its nested stacks that are created. Others are written at once, by name only. */
function resourcesOf(source: Template, parameters: Substitutions, place: Place): StackResource[] {
  const { stack, prefix } = place;
  const template = EvaluatedTemplate.of(source, parameters);
  const resources = template.created.flatMap((logicalId): StackResource[] => {
    const [type, label] = [template.typeOf(logicalId), prefix + logicalId];
    if (LEFT_OUT.includes(type)) return [];
    const version = VERSIONS[type];
    if (version !== undefined) {
      stack.publish(String(template.propertiesOf(logicalId)[version]));
      return [];
    }
    if (nestedLocation(template.written(logicalId)) !== undefined) return nested(template, logicalId, place);
    if (Object.hasOwn(TYPES, type)) return [template.resource(logicalId, label)];
    stack.json.resource(type, label, {});
    return [];
  });
  const { notices } = template;
  if (notices.length > 0) stack.hasFictitious = true;
  stack.notices.push(...notices.map((notice) => `${source.file}: ${notice}`));
  return resources;
}

/** The resources of a nested stack; none, and a notice, if its template is not on this machine. */
function nested(
  template: EvaluatedTemplate,
  logicalId: string,
  { stack, around, prefix }: Place,
): StackResource[] {
  const { template: source, parameters } = template;
  const resource = template.written(logicalId);
  const evaluate = (value: unknown) => template.evaluate(value);
  const file = nestedFile(source, resource, evaluate);
  const inside = [...around, resolve(source.file)];
  if (file === undefined || inside.includes(resolve(file)) || !hasFile(file)) {
    stack.notices.push(
      `The nested stack ${logicalId} exists by name only. Its template is not on this machine.`,
    );
    return [];
  }
  const values = { ...pseudoParameters(parameters), ...nestedValues(resource, evaluate) };
  const place = { stack, around: inside, prefix: `${prefix}${logicalId}_` };
  return resourcesOf(nestedTemplate(source, logicalId, file), values, place);
}
