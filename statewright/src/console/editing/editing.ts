import type { Diagnostic } from '../../asl/diagnostic';

/** A problem of a definition, as ValidateStateMachineDefinition returns it: not all have a location. */
export type ApiDiagnostic = Omit<Diagnostic, 'location'> & { readonly location?: string };

export interface RoleChoice {
  readonly roleName: string;
  readonly roleArn: string;
}

export type StateMachineType = 'STANDARD' | 'EXPRESS';

export interface NewStateMachine {
  readonly name: string;
  readonly type: StateMachineType;
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
  diagnose(definition: string, type: StateMachineType): Promise<readonly ApiDiagnostic[]>;
  /** Replaces the definition. Running executions keep theirs. */
  update(machine: EditedStateMachine, definition: string): Promise<void>;
  create(machine: NewStateMachine): Promise<void>;
  /** The roles that Step Functions may assume. */
  listRoles(): Promise<readonly RoleChoice[]>;
}
