import { ownField } from '../../asl/graph';
import { MachineReader, NotLocalError } from '../../definitions/cloudformation/machine-reader';
import type { FoundDefinition } from '../../definitions/definition';
import type { Translate } from '../stack';
import { tagsOf } from './tags';

export const stateMachine: Translate = (resource, stack) => {
  const { logicalId, label, name, arn, properties, template, parameters } = resource;
  const found = localDefinition(new MachineReader(template, logicalId, parameters));
  if (found instanceof NotLocalError) {
    stack.notices.push(found.message);
    return;
  }
  stack.notices.push(...found.notices);
  const publish = properties.AutoPublishAlias !== undefined || stack.isPublished(resource);
  if (publish) stack.refer(`${arn}:1`, `aws_sfn_state_machine.${label}.state_machine_version_arn`);
  stack.json.resource('aws_sfn_state_machine', label, {
    name,
    definition: JSON.stringify(found.definition),
    type: found.type,
    role_arn: stack.roleArn(resource),
    logging_configuration: logging(properties.Logging ?? properties.LoggingConfiguration),
    tracing_configuration: tracing(properties.Tracing ?? properties.TracingConfiguration),
    publish: publish || undefined,
    tags: tagsOf(properties.Tags),
  });
};

/** A definition that is in S3, or that only a deployment knows, is not an error of the template. */
function localDefinition(reader: MachineReader): FoundDefinition | NotLocalError {
  try {
    return reader.read();
  } catch (error) {
    if (error instanceof NotLocalError) return error;
    throw error;
  }
}

function logging(value: unknown) {
  if (value === undefined) return undefined;
  const destinations = ownField(value, 'Destinations');
  const [destination] = Array.isArray(destinations) ? destinations : [];
  return {
    level: ownField(value, 'Level'),
    include_execution_data: ownField(value, 'IncludeExecutionData'),
    log_destination: ownField(ownField(destination, 'CloudWatchLogsLogGroup'), 'LogGroupArn'),
  };
}

const tracing = (value: unknown) =>
  value === undefined ? undefined : { enabled: ownField(value, 'Enabled') ?? false };

export const stateMachineAlias: Translate = ({ label, name, properties }, stack) => {
  const { RoutingConfiguration: routes, DeploymentPreference: preference } = properties;
  const version = ownField(preference, 'StateMachineVersionArn');
  const all = Array.isArray(routes) ? routes : [{ StateMachineVersionArn: version, Weight: 100 }];
  stack.json.resource('aws_sfn_alias', label, {
    name,
    description: properties.Description,
    routing_configuration: all.map((route) => ({
      state_machine_version_arn: stack.known(ownField(route, 'StateMachineVersionArn')),
      weight: ownField(route, 'Weight') ?? 100,
    })),
  });
};

export const activity: Translate = ({ label, name, properties }, stack) => {
  stack.json.resource('aws_sfn_activity', label, { name, tags: tagsOf(properties.Tags) });
};
