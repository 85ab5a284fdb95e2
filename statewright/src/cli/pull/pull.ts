import type { HistoryEvent } from '../../history/events';
import { UserError } from '../../user-error';
import type { ListedExecution, StatesAccount } from './account';
import { writeDefinition, writeHistory } from './files';
import type { Redaction } from './redact';

/** What to fetch, and where to. */
interface PullRequest {
  readonly stateMachineArn: string;
  /** Executions that started later, in epoch milliseconds. */
  readonly since: number;
  /** Only executions with this status (default: all that have ended). */
  readonly status?: string;
  readonly folder: string;
  readonly redaction: Redaction;
}

/** What was fetched. */
interface Pulled {
  readonly executions: number;
  /** The child executions of distributed Maps. */
  readonly children: number;
  /** The definitions that the executions ran with: more than one when the state machine was updated. */
  readonly definitions: readonly string[];
}

/**
 * Fetches histories, those of the child executions of distributed Maps included, and the definitions that they ran with.
 *
 * @throws UserError when a call fails, or a file cannot be written; files that were written are complete
 */
export async function pullHistories(account: StatesAccount, request: PullRequest): Promise<Pulled> {
  const { stateMachineArn, since, status, folder, redaction } = request;
  const definitions = new Map<string, string>();
  let executions = 0;
  let children = 0;
  for await (const execution of account.executions({ stateMachineArn }, status)) {
    if (execution.startDate.getTime() < since) break;
    if (status === undefined && execution.status === 'RUNNING') continue;
    const definition = await account.definition(execution.executionArn);
    const file = definitions.get(definition) ?? writeDefinition(folder, definition);
    definitions.set(definition, file);
    const family = await withChildren(account, execution);
    const redacted = redaction.redact(family.map(({ events }) => events));
    family.forEach((member, index) => {
      writeHistory(folder, member.execution, index === 0 ? file : undefined, redacted[index] ?? []);
    });
    executions++;
    children += family.length - 1;
  }
  return { executions, children, definitions: [...definitions.values()] };
}

interface Fetched {
  readonly execution: ListedExecution;
  readonly events: readonly HistoryEvent[];
}

/** The history of an execution, and those of the child executions of its distributed Maps. */
async function withChildren(account: StatesAccount, execution: ListedExecution): Promise<Fetched[]> {
  const events = await account.history(execution.executionArn);
  const family: Fetched[] = [{ execution, events }];
  for (const event of events) {
    if (event.type !== 'MapRunStarted') continue;
    const { mapRunArn } = event.mapRunStartedEventDetails;
    for await (const child of account.executions({ mapRunArn })) {
      const history = await account.history(child.executionArn);
      family.push({ execution: { ...child, mapRunArn }, events: history });
    }
  }
  return family;
}

/** The region of a state machine's ARN. @throws UserError for any other text */
export function regionOfMachine(arn: string): string {
  const [, region] = /^arn:[\w-]+:states:([\w-]+):\d{12}:stateMachine:[^:]+$/.exec(arn) ?? [];
  if (region !== undefined) return region;
  throw new UserError(
    `${arn} is not the ARN of a state machine.`,
    'Such as arn:aws:states:us-east-1:123456789012:stateMachine:orders; aws stepfunctions list-state-machines prints them.',
  );
}
