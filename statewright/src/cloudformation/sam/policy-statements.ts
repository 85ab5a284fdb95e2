import type { Owner } from '../../definitions/fictitious-values';
import { didYouMeanOneOf } from '../../did-you-mean';
import { UserError } from '../../user-error';
import { type Allowed, POLICY_TEMPLATES } from './policy-templates';

const PARAMETER = /\{(\w+)\}/g;

/**
 * The statements of a policy template.
 * @param place the region and the account of the stack
 * @throws UserError for an unknown policy template, and for a parameter without a value
 */
export function statementsOf(
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  place: Owner,
): object[] {
  const template = Object.hasOwn(POLICY_TEMPLATES, name) ? POLICY_TEMPLATES[name] : undefined;
  if (!template) {
    throw new UserError(
      `The SAM policy template ${name} is not known here. ${didYouMeanOneOf(name, Object.keys(POLICY_TEMPLATES))}`,
      'Write its statements in the template instead.',
    );
  }
  const missing = parametersOf(template).filter((parameter) => parameters[parameter] == null);
  if (missing.length > 0) {
    throw new UserError(
      `The SAM policy template ${name} has no value for ${missing.join(' and ')}.`,
      `Set it in the template: ${name}: { ${missing.map((parameter) => `${parameter}: …`).join(', ')} }`,
    );
  }
  const filled = (text: string) => text.replace(PARAMETER, (_, parameter) => String(parameters[parameter]));
  const arnOf = (resource: string): string => {
    const [, service, end = ''] = /^(\w+):(.*)$/.exec(resource) ?? [];
    if (service === undefined) return filled(resource);
    const owner = end.startsWith('::') ? '' : `${place.region}:${place.accountId}:`;
    return `arn:aws:${service}:${owner}${filled(end)}`;
  };
  return template.map(([actions, resources, onlyIf]) => {
    const [service, names = ''] = actions.split(': ');
    return {
      Effect: 'Allow',
      Action: names.split(' ').map((action) => `${service}:${action}`),
      Resource: [resources].flat().map(arnOf),
      ...(onlyIf && {
        Condition: {
          StringEquals: Object.fromEntries(
            Object.entries(onlyIf).map(([key, resource]) => [key, arnOf(resource)]),
          ),
        },
      }),
    };
  });
}

/** The names of the parameters of a policy template: SAM requires all of them, and ignores others. */
function parametersOf(template: readonly Allowed[]): string[] {
  const texts = template.flatMap(([, resources, onlyIf = {}]) => [resources, Object.values(onlyIf)].flat(2));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(PARAMETER)].map(([, name = '']) => name)))];
}
