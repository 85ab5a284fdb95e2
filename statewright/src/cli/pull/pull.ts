import { join } from 'node:path';
import { UserError } from '../../user-error';
import type { ListedExecution, StatesAccount } from './account';
import { writeHistory, writeWhole } from './files';
import type { Redaction } from './redact';

/** What to fetch, and where to. */
export interface PullRequest {
  readonly stateMachineArn: string;
  /** Executions that started later, in epoch milliseconds. */
  readonly since: number;
  /** Only executions with this status (default: all that have ended). */
  readonly status?: string;
  readonly folder: string;
  readonly redaction: Redaction;
}

/** What was fetched. */
export interface Pulled {
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
export async function pullHistories(
  account: Pick<StatesAccount, 'executions' | 'history' | 'definition'>,
  request: PullRequest,
): Promise<Pulled> {
  const { stateMachineArn, since, status, folder, redaction } = request;
  const definitions = new Map<string, string>();
  let executions = 0;
  let children = 0;
  const write = async (execution: ListedExecution): Promise<readonly string[]> => {
    const events = redaction.redact(await account.history(execution.executionArn));
    writeHistory(folder, execution, events);
    return events.flatMap((event) =>
      event.type === 'MapRunStarted' ? [event.mapRunStartedEventDetails.mapRunArn] : [],
    );
  };
  for await (const execution of account.executions({ stateMachineArn }, status)) {
    if (execution.startDate.getTime() < since) break;
    if (status === undefined && execution.status === 'RUNNING') continue;
    const mapRuns = await write(execution);
    executions++;
    for (const mapRunArn of mapRuns) {
      for await (const child of account.executions({ mapRunArn })) {
        await write({ ...child, mapRunArn });
        children++;
      }
    }
    const definition = await account.definition(execution.executionArn);
    if (!definitions.has(definition)) {
      const file = `definition${definitions.size === 0 ? '' : `-${definitions.size + 1}`}.asl.json`;
      writeWhole(join(folder, file), formatted(definition));
      definitions.set(definition, file);
    }
  }
  return { executions, children, definitions: [...definitions.values()] };
}

const formatted = (definition: string) => `${JSON.stringify(JSON.parse(definition), null, 2)}\n`;

/** The region of a state machine's ARN. @throws UserError for any other text */
export function regionOfMachine(arn: string): string {
  const [, region] = /^arn:[\w-]+:states:([\w-]+):\d{12}:stateMachine:[^:]+$/.exec(arn) ?? [];
  if (region !== undefined) return region;
  throw new UserError(
    `${arn} is not the ARN of a state machine.`,
    'Such as arn:aws:states:us-east-1:123456789012:stateMachine:orders; aws stepfunctions list-state-machines prints them.',
  );
}
