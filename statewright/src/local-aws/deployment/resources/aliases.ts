import { functionArn, parseFunctionName } from '../../../asl/resource';
import { AwsError } from '../../aws-error';
import { type BlockType, present } from '../block-type';

export const lambdaAlias: BlockType = async (block, context) => {
  const { accountId, region, lambda } = context.target;
  const Name = block.text('name');
  const FunctionName = block.text('function_name');
  const own = { partition: 'aws', region, accountId };
  const arn = functionArn({ ...parseFunctionName(FunctionName), qualifier: Name }, own);
  const weights = Object.entries(block.block('routing_config')?.textMap('additional_version_weights') ?? {});
  try {
    await lambda.createAlias({
      FunctionName,
      Name,
      FunctionVersion: block.text('function_version'),
      ...present({
        Description: block.optionalText('description'),
        RoutingConfig:
          weights.length === 0
            ? undefined
            : {
                AdditionalVersionWeights: Object.fromEntries(
                  weights.map(([key, value]) => [key, Number(value)]),
                ),
              },
      }),
    });
  } catch (error) {
    // A function that exists by name only has no versions; its alias does too.
    const isMissing = error instanceof AwsError && error.code === 'ResourceNotFoundException';
    if (!context.otherTypes || !isMissing) throw error;
  }
  const path = '2015-03-31/functions';
  return { id: arn, arn, invoke_arn: `arn:aws:apigateway:${region}:lambda:path/${path}/${arn}/invocations` };
};

export const stateMachineAlias: BlockType = (block, context) => {
  const description = block.optionalText('description');
  const { stateMachineAliasArn, creationDate } = context.target.states.createStateMachineAlias({
    name: block.text('name'),
    routingConfiguration: block.blocks('routing_configuration').map((route) => ({
      stateMachineVersionArn: route.text('state_machine_version_arn'),
      weight: route.optionalNumber('weight') ?? route.missing('weight'),
    })),
    ...(description !== undefined && { description }),
  });
  return {
    id: stateMachineAliasArn,
    arn: stateMachineAliasArn,
    creation_date: creationDate.toISOString(),
  };
};
