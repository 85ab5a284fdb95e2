import type { IamService } from '../iam/iam-service';
import type { LambdaService } from '../lambda/lambda-service';
import type { LogsService } from '../logs/logs-service';
import type { StatesService } from '../step-functions/states-service';

/** The services of a region that resources are created in: only the parts that a deployment uses. */
export interface TargetRegion {
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
  readonly iam: Pick<
    IamService,
    | 'getRole'
    | 'createRole'
    | 'putRolePolicy'
    | 'attachRolePolicy'
    | 'createPolicy'
    | 'createOpenIDConnectProvider'
  >;
  readonly logs: Pick<LogsService, 'createLogGroup' | 'putRetentionPolicy'>;
  readonly lambda: Pick<
    LambdaService,
    | 'addPermission'
    | 'cannotRead'
    | 'createAlias'
    | 'createEventSourceMapping'
    | 'createFunction'
    | 'createFunctionUrlConfig'
    | 'publishLayerVersion'
    | 'putFunctionEventInvokeConfig'
  >;
  readonly states: Pick<StatesService, 'createActivity' | 'createStateMachine' | 'createStateMachineAlias'>;
}

/** The account that a stack is deployed to. */
export interface TargetAccount {
  /** The region of a provider that names none. */
  readonly region: string;
  readonly in: (region: string) => TargetRegion;
}
