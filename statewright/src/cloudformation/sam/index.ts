import { objectOf, ownField } from '../../asl/graph';
import { Intrinsics } from '../../definitions/cloudformation/intrinsics';
import type { Template } from '../../definitions/cloudformation/template';
import type { Substitutions } from '../../definitions/definition';
import { connectorPolicies } from './connectors';
import { eventSources } from './event-sources';
import { type Resources, withGlobals } from './globals';
import { functionRole, stateMachineRole } from './roles';

/**
 * A template with the resources that SAM makes: roles, policies of connectors, aliases, event source mappings and addresses
 * of functions (SAM Developer Guide, "Generated AWS CloudFormation resources"). The resources that they belong to keep their
 * types.
 *
 * @throws IntrinsicError for a loop that CloudFormation would refuse
 */
export function withSamResources(template: Template, parameters: Substitutions): Template {
  const { resources } = new Intrinsics(template, parameters);
  const written = Object.fromEntries([...resources].map(([id, { value }]) => [id, value]));
  const entries = Object.entries(withGlobals(written, ownField(template.value, 'Globals')));
  const all: Resources = Object.assign({}, ...entries.map(([id, resource]) => expanded(id, resource)));
  const Resources = { ...all, ...connectorPolicies(all) };
  return { ...template, value: { ...objectOf(template.value), Resources } };
}

/** A resource, and those that SAM makes for it. */
function expanded(id: string, resource: unknown): Resources {
  const type = ownField(resource, 'Type');
  const properties = objectOf(ownField(resource, 'Properties')) ?? {};
  const own =
    type === 'AWS::Serverless::Function'
      ? ofFunction(id, properties)
      : type === 'AWS::Serverless::StateMachine'
        ? ofStateMachine(id, properties)
        : {};
  const condition = ownField(resource, 'Condition');
  const made = Object.fromEntries(
    Object.entries(own).map(([name, each]) => [
      name,
      condition === undefined ? each : { ...each, Condition: condition },
    ]),
  );
  const role = `${id}Role`;
  const withRole = { ...properties, Role: { 'Fn::GetAtt': [role, 'Arn'] } };
  return {
    [id]: own[role] === undefined ? resource : { ...(resource as object), Properties: withRole },
    ...made,
  };
}

type Made = Record<string, object>;

function ofFunction(id: string, properties: Resources): Made {
  const FunctionName = { Ref: id };
  const sources = eventSources(id, properties.Events);
  const { AutoPublishAlias, FunctionUrlConfig, EventInvokeConfig } = properties;
  const qualified = AutoPublishAlias === undefined ? {} : { Qualifier: AutoPublishAlias };
  return {
    ...(properties.Role === undefined && { [`${id}Role`]: functionRole(properties, sources) }),
    ...(AutoPublishAlias !== undefined && {
      [aliasId(id, AutoPublishAlias)]: {
        Type: 'AWS::Lambda::Alias',
        Properties: { FunctionName, Name: AutoPublishAlias, FunctionVersion: '1' },
      },
    }),
    ...(FunctionUrlConfig !== undefined && {
      [`${id}Url`]: {
        Type: 'AWS::Lambda::Url',
        Properties: { TargetFunctionArn: FunctionName, ...qualified, ...objectOf(FunctionUrlConfig) },
      },
    }),
    ...(EventInvokeConfig !== undefined && {
      [`${id}EventInvokeConfig`]: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: { FunctionName, ...qualified, ...objectOf(EventInvokeConfig) },
      },
    }),
    ...Object.fromEntries(sources.map(({ name, resource }) => [name, resource])),
  };
}

/** The logical id of the alias that `AutoPublishAlias` makes; an alias that a function of CloudFormation returns has no name there. */
const aliasId = (id: string, alias: unknown): string =>
  `${id}Alias${typeof alias === 'string' ? alias.replace(/[^a-zA-Z0-9]/g, '') : ''}`;

function ofStateMachine(id: string, properties: Resources): Made {
  const version = { 'Fn::Join': [':', [{ Ref: id }, '1']] };
  return {
    ...(properties.Role === undefined && { [`${id}Role`]: stateMachineRole(properties) }),
    ...(properties.AutoPublishAlias !== undefined && {
      [aliasId(id, properties.AutoPublishAlias)]: {
        Type: 'AWS::StepFunctions::StateMachineAlias',
        Properties: {
          Name: properties.AutoPublishAlias,
          RoutingConfiguration: [{ StateMachineVersionArn: version, Weight: 100 }],
        },
      },
    }),
  };
}
