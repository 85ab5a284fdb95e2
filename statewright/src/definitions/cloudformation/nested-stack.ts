import { objectOf, ownField } from '../../asl/graph';
import { assetFile } from './cdk-assets';
import { localPath, type Template, templateIn } from './template';

/** The types of nested stacks. */
const LOCATIONS: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::Stack': 'TemplateURL',
  'AWS::Serverless::Application': 'Location',
};

/** The property that says where the template of a nested stack is; undefined for any other resource. */
export const nestedLocation = (resource: unknown): string | undefined =>
  LOCATIONS[String(ownField(resource, 'Type'))];

/**
 * The file of a nested stack's template: one that `sam deploy` or `aws cloudformation package` uploads, which may be built only
 * then, or one that the AWS CDK synthesized. Undefined for an address.
 */
export function nestedFile(
  template: Template,
  resource: unknown,
  evaluate: (value: unknown) => unknown,
): string | undefined {
  const location = ownField(ownField(resource, 'Properties'), nestedLocation(resource) ?? '');
  return localPath(template, location) ?? assetFile(template, evaluate(location));
}

/** The parameters of a nested stack as its template has them: texts, lists joined by commas. */
export function nestedValues(
  resource: unknown,
  evaluate: (value: unknown) => unknown,
): Record<string, string> {
  const parameters = objectOf(evaluate(ownField(ownField(resource, 'Properties'), 'Parameters'))) ?? {};
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
}

/** The template of a nested stack. If names are generated for the stack around it, they are for this one, too. */
export function nestedTemplate(around: Template, logicalId: string, file: string): Template {
  const { namePrefix } = around;
  return {
    ...templateIn(file),
    ...(namePrefix !== undefined && { namePrefix: `${namePrefix}${logicalId}-` }),
  };
}
