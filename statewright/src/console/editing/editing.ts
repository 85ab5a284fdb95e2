import type { ApiDiagnostic } from '../../asl/diagnostic';
import type { WorkflowType } from '../../asl/validation/place';

export interface RoleChoice {
  readonly roleName: string;
  readonly roleArn: string;
}

export interface NewStateMachine {
  readonly name: string;
  readonly type: WorkflowType;
  /** ASL, as JSON text. */
  readonly definition: string;
  /** The role's ARN (default: a new role that may do what the definition does). */
  readonly roleArn?: string;
}

export interface EditedStateMachine {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly roleArn: string;
}

/** Changes state machines. What AWS would reject throws an error with AWS's `code`. */
export interface Editing {
  /** Errors and warnings, as ValidateStateMachineDefinition returns them. @param definition JSON text, valid or not */
  diagnose(definition: string, type: WorkflowType): Promise<readonly ApiDiagnostic[]>;
  /** Replaces the definition. Running executions keep theirs. */
  update(machine: EditedStateMachine, definition: string): Promise<void>;
  create(machine: NewStateMachine): Promise<void>;
  /** Deletes a state machine with its executions; those that run end first, at their next transition. */
  delete(stateMachineArn: string): Promise<void>;
  /** The roles that Step Functions may assume. */
  listRoles(): Promise<readonly RoleChoice[]>;
}
