import type { ApiDiagnostic } from '../../asl/diagnostic';
import type { WorkflowType } from '../../asl/validation/place';
import type { Answer } from '../aws-services';
import { isRefusal } from '../start-input';
import type { Editing } from './editing';
import { ownPolicy, ownRoleName, TRUST_POLICY } from './own-role';

interface DefinitionRequest {
  readonly definition: string;
  readonly type: WorkflowType;
}

interface ValidationRequest extends DefinitionRequest {
  readonly severity: 'WARNING';
}

interface UpdateRequest {
  readonly stateMachineArn: string;
  readonly definition: string;
}

interface CreationRequest extends DefinitionRequest {
  readonly name: string;
  readonly roleArn: string;
}

/** The operations that change state machines, with AWS's names and shapes. */
interface EditingServices {
  readonly accountId: string;
  readonly region: string;
  readonly states: {
    /** Not an AWS operation: does the work of one on a large definition so that other requests get a turn. */
    prepare(operation: 'ValidateStateMachineDefinition', request: ValidationRequest): Promise<void>;
    prepare(operation: 'UpdateStateMachine', request: UpdateRequest): Promise<void>;
    prepare(operation: 'CreateStateMachine', request: CreationRequest): Promise<void>;
    validateStateMachineDefinition(
      request: ValidationRequest,
    ): Answer<{ readonly diagnostics: readonly ApiDiagnostic[] }>;
    updateStateMachine(request: UpdateRequest): Answer<unknown>;
    createStateMachine(request: CreationRequest): Answer<unknown>;
    deleteStateMachine(request: { readonly stateMachineArn: string }): Answer<unknown>;
  };
  readonly iam: {
    getRole(request: { readonly RoleName: string }): Answer<{ readonly Role: Role }>;
    listRoles(request: {
      readonly MaxItems: number;
      readonly Marker?: string;
    }): Answer<{ readonly Roles: readonly Role[]; readonly Marker?: string }>;
    createRole(request: {
      readonly RoleName: string;
      readonly AssumeRolePolicyDocument: string;
      readonly Description: string;
    }): Answer<{ readonly Role: Role }>;
    putRolePolicy(request: {
      readonly RoleName: string;
      readonly PolicyName: string;
      readonly PolicyDocument: string;
    }): Answer<unknown>;
  };
}

interface Role {
  readonly RoleName: string;
  readonly Arn: string;
  readonly AssumeRolePolicyDocument: string;
}

/** The largest page that ListRoles returns. */
const PAGE = 1000;

/** Changes state machines with AWS operations. */
export function awsEditing({ accountId, region, states, iam }: EditingServices): Editing {
  /** The role that the console makes for a state machine; the policy follows the definition. */
  const putOwnRole = async (stateMachine: string, definition: string): Promise<string> => {
    const RoleName = ownRoleName(stateMachine, region);
    const { Role } = await createRole(iam, RoleName);
    const home = {
      partition: 'aws',
      region,
      accountId,
      stateMachineArn: `arn:aws:states:${region}:${accountId}:stateMachine:${stateMachine}`,
    };
    const PolicyDocument = ownPolicy(definition, home);
    if (PolicyDocument !== undefined) {
      await iam.putRolePolicy({ RoleName, PolicyName: 'workflow', PolicyDocument });
    }
    return Role.Arn;
  };
  return {
    async diagnose(definition, type) {
      const request = { definition, type, severity: 'WARNING' } as const;
      try {
        await states.prepare('ValidateStateMachineDefinition', request);
        return (await states.validateStateMachineDefinition(request)).diagnostics;
      } catch (error) {
        // Such as a definition that is too long for a request.
        if (!isRefusal(error)) throw error;
        return [{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: error.message }];
      }
    },
    async update({ stateMachineArn, name, roleArn }, definition) {
      if (roleArn.endsWith(`/${ownRoleName(name, region)}`)) await putOwnRole(name, definition);
      const request = { stateMachineArn, definition };
      await states.prepare('UpdateStateMachine', request);
      await states.updateStateMachine(request);
    },
    async create({ roleArn, ...machine }) {
      const role = roleArn ?? (await putOwnRole(machine.name, machine.definition));
      const request = { ...machine, roleArn: role };
      await states.prepare('CreateStateMachine', request);
      await states.createStateMachine(request);
    },
    async delete(stateMachineArn) {
      await states.deleteStateMachine({ stateMachineArn });
    },
    async listRoles() {
      const roles: Role[] = [];
      for (let Marker: string | undefined; ; ) {
        const answer = await iam.listRoles({ MaxItems: PAGE, ...(Marker !== undefined && { Marker }) });
        roles.push(...answer.Roles);
        Marker = answer.Marker;
        if (Marker === undefined) break;
      }
      return roles
        .filter(({ AssumeRolePolicyDocument }) =>
          /"states\.(?:[\w-]+\.)?amazonaws\.com"/.test(AssumeRolePolicyDocument),
        )
        .map(({ RoleName, Arn }) => ({ roleName: RoleName, roleArn: Arn }));
    },
  };
}

/** Creates the role, or returns the one that an earlier state machine of this name had. */
async function createRole(iam: EditingServices['iam'], RoleName: string): Promise<{ readonly Role: Role }> {
  try {
    return await iam.createRole({
      RoleName,
      AssumeRolePolicyDocument: TRUST_POLICY,
      Description: 'Made by the console for a state machine that was created there',
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EntityAlreadyExists') {
      return iam.getRole({ RoleName });
    }
    throw error;
  }
}
