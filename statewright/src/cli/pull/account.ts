import type { HistoryEvent } from '../../history/events';
import {
  loadSdkPackage,
  type SdkClient,
  type SdkPackage,
  SdkPackageError,
} from '../../integrations/sdk-package';
import { UserError } from '../../user-error';

/** An execution of a list, with what identifies it. */
export interface ListedExecution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: string;
  readonly startDate: Date;
  readonly stopDate?: Date;
  readonly mapRunArn?: string;
}

/** The operations that a pull makes: all of them read. */
type Operation = 'ListExecutions' | 'GetExecutionHistory' | 'DescribeStateMachineForExecution';

/** Step Functions in an account, with the user's own credentials as the AWS SDK finds them. Only reads. */
export class StatesAccount {
  readonly #sdk: SdkPackage;
  readonly #client: SdkClient;

  /**
   * @param settings of the client, in addition to the region
   * @throws UserError when the SDK's package is not installed
   */
  constructor(region: string, settings: object = {}) {
    try {
      this.#sdk = loadSdkPackage('sfn');
    } catch (error) {
      if (error instanceof SdkPackageError) throw new UserError(error.message);
      throw error;
    }
    this.#client = new this.#sdk.Client({ region, ...settings });
  }

  /** The newest executions first. */
  executions(
    of: { readonly stateMachineArn: string } | { readonly mapRunArn: string },
    statusFilter?: string,
  ) {
    const request = { ...of, ...(statusFilter !== undefined && { statusFilter }), maxResults: 1000 };
    return this.#pages<ListedExecution>('ListExecutions', request, 'executions');
  }

  async history(executionArn: string): Promise<readonly HistoryEvent[]> {
    const events: HistoryEvent[] = [];
    const request = { executionArn, maxResults: 1000, includeExecutionData: true };
    for await (const event of this.#pages<HistoryEvent>('GetExecutionHistory', request, 'events')) {
      events.push({ ...event, timestamp: Number(event.timestamp) });
    }
    return events;
  }

  /** The definition that an execution ran with. */
  async definition(executionArn: string): Promise<string> {
    const { definition } = await this.#call('DescribeStateMachineForExecution', { executionArn });
    return String(definition);
  }

  async *#pages<T>(operation: Operation, request: object, member: string): AsyncGenerator<T> {
    let nextToken: unknown;
    do {
      const page = await this.#call(operation, { ...request, ...(nextToken !== undefined && { nextToken }) });
      yield* page[member] as readonly T[];
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  }

  async #call(operation: Operation, request: object): Promise<Record<string, unknown>> {
    const Command = this.#sdk.operation(operation)?.Command;
    if (Command === undefined) throw new UserError(`@aws-sdk/client-sfn has no operation ${operation}.`);
    try {
      return await this.#client.send(new Command(request), { abortSignal: new AbortController().signal });
    } catch (error) {
      throw failed(operation, error as Error);
    }
  }
}

const HINTS: Readonly<Record<string, string>> = {
  AccessDeniedException:
    'It needs states:ListExecutions, states:GetExecutionHistory and states:DescribeStateMachineForExecution.',
  CredentialsProviderError: 'Sign in, such as with aws sso login, or select a profile: AWS_PROFILE=NAME',
  ExpiredTokenException: 'Sign in again, such as with aws sso login.',
  StateMachineDoesNotExist: 'aws stepfunctions list-state-machines prints the ARNs.',
  StateMachineTypeNotSupported:
    'An EXPRESS state machine keeps no histories. Replay its execution log: aws logs filter-log-events --log-group-name NAME > log.json',
};

const failed = (operation: Operation, { name, message }: Error) =>
  new UserError(`${operation} failed: ${message || name}`, HINTS[name]);
