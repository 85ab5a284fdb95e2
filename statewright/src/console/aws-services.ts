import type { HistoryEvent } from '../history/events';
import type { TestStateResponse } from '../tested-state';
import type {
  ExecutionStatus,
  ExecutionSummary,
  ExecutionsPart,
  MapRunDetails,
  StateMachineDetails,
  StateMachineSummary,
} from './source';
import type { StateTest } from './state-test/state-test';

export type Answer<T> = T | Promise<T>;
type Paged<T> = Answer<T & { readonly nextToken?: string }>;
/** A request for the next page, or the token for it. */
export interface Page {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** One call of a Lambda function by an execution. */
interface LambdaInvocation {
  readonly requestId: string;
  readonly functionName: string;
  readonly scheduledEventId: number;
}

/** An execution of an EXPRESS state machine, kept in memory. Times are epoch milliseconds. */
export interface RecentExecution {
  readonly executionArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly definition: string;
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly events: readonly HistoryEvent[];
  readonly invocations: readonly LambdaInvocation[];
}

/** The operations that the console calls, with AWS's names and shapes. */
export interface AwsServices {
  readonly accountId: string;
  readonly region: string;
  readonly states: {
    listStateMachines(request: Page): Paged<{ readonly stateMachines: readonly StateMachineSummary[] }>;
    describeStateMachine(request: { readonly stateMachineArn: string }): Answer<StateMachineDetails>;
    /** Not an AWS operation: does the work of one on a large definition so that other requests get a turn. */
    prepare?(operation: 'DescribeStateMachine', request: { readonly stateMachineArn: string }): Promise<void>;
    /** Not an AWS operation: executions of a state machine or a Map Run, newest first. */
    newestExecutions(request: ExecutionsPart & { readonly of: string }): Answer<readonly ExecutionSummary[]>;
    /** Not an AWS operation. */
    countExecutions(request: { readonly of: string; readonly status?: ExecutionStatus }): Answer<number>;
    describeExecution(request: { readonly executionArn: string }): Answer<
      Omit<ExecutionSummary, 'stopDate'> & {
        /** A number is in epoch milliseconds. */
        readonly stopDate?: Date | number;
        readonly input: string;
        readonly output?: string;
        readonly error?: string;
        readonly cause?: string;
        readonly redriveStatus?: string;
        readonly mapRunArn?: string;
        readonly stateMachineVersionArn?: string;
        readonly stateMachineAliasArn?: string;
      }
    >;
    describeStateMachineForExecution(request: {
      readonly executionArn: string;
    }): Answer<{ readonly definition: string }>;
    getExecutionHistory(
      request: Page & { readonly executionArn: string },
    ): Paged<{ readonly events: readonly HistoryEvent[] }>;
    /** Not an AWS operation: the Lambda invocations of an execution. */
    listLambdaInvocations(request: { readonly executionArn: string }): Answer<readonly LambdaInvocation[]>;
    stopExecution(request: { readonly executionArn: string }): Answer<unknown>;
    redriveExecution?(request: { readonly executionArn: string }): Answer<unknown>;
    /** Not an AWS operation: the last executions of an EXPRESS state machine, newest first. */
    listRecentExecutions(request: { readonly stateMachineArn: string }): Answer<readonly RecentExecution[]>;
    /** Not an AWS operation. */
    recentExecution(executionArn: string): Answer<RecentExecution | undefined>;
    /** Not an AWS operation: the execution whose Task started this one. */
    startedBy(executionArn: string): Answer<string | undefined>;
    /** Not an AWS operation: stops an execution of any state machine. */
    abort(executionArn: string): Answer<unknown>;
    /** Not an AWS operation: TestState for a role that may trust this state machine only. */
    testStateOf?(stateMachineArn: string, test: StateTest): Answer<TestStateResponse>;
    describeMapRun?(request: { readonly mapRunArn: string }): Answer<MapRunDetails>;
    startExecution(request: {
      readonly stateMachineArn: string;
      readonly input: string;
      readonly name?: string;
    }): Answer<{ readonly executionArn: string }>;
  };
  readonly iam: {
    getRole(request: { readonly RoleName: string }): Answer<{
      readonly Role: {
        readonly RoleName: string;
        readonly AssumeRolePolicyDocument: string;
        readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn: string };
      };
    }>;
    listRolePolicies(request: {
      readonly RoleName: string;
    }): Answer<{ readonly PolicyNames: readonly string[] }>;
    getRolePolicy(request: {
      readonly RoleName: string;
      readonly PolicyName: string;
    }): Answer<{ readonly PolicyDocument: string }>;
    listAttachedRolePolicies(request: { readonly RoleName: string }): Answer<{
      readonly AttachedPolicies: readonly { readonly PolicyName: string; readonly PolicyArn: string }[];
    }>;
    getPolicy(request: {
      readonly PolicyArn: string;
    }): Answer<{ readonly Policy: { readonly DefaultVersionId: string } }>;
    getPolicyVersion(request: {
      readonly PolicyArn: string;
      readonly VersionId: string;
    }): Answer<{ readonly PolicyVersion: { readonly Document?: string } }>;
  };
  readonly lambda: {
    getFunctionConfiguration(request: {
      readonly FunctionName: string;
    }): Answer<{ readonly LoggingConfig: { readonly LogGroup: string } }>;
    /** No operation of AWS: where an invocation's log is, where that is known. Times are epoch milliseconds. */
    invocationLog?(requestId: string): Answer<
      | {
          readonly logGroupName: string;
          readonly logStreamName: string;
          readonly startTime: number;
          readonly endTime?: number;
        }
      | undefined
    >;
  };
  readonly logs: {
    filterLogEvents(
      request: Page & {
        readonly logGroupName: string;
        readonly logStreamNames?: readonly string[];
        readonly startTime: number;
        readonly endTime?: number;
      },
    ): Paged<{
      readonly events: readonly {
        readonly logStreamName: string;
        readonly timestamp: number;
        readonly message: string;
      }[];
    }>;
  };
}
