import { errorNamesOf, listAt, ownField, type StatePart, scopesIn, statesOf } from '../../../src/asl/graph';
import { compileStateMachine, startExecution, type TaskResult, VirtualClock } from '../../../src/engine';
import { executionPath } from '../../../src/history/execution-path';

const NAMES = {
  stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m',
  executionArn: 'arn:aws:states:us-east-1:000000000000:execution:m:r',
  roleArn: 'arn:aws:iam::000000000000:role/m',
};

/** An end as text, such as `FAILED in S1 with Alpha`. */
export type End = string;

/** The result of trying every outcome of every single call, one attempt after the other. */
export interface BruteForce {
  readonly ends: ReadonlySet<End>;
  /** Whether every execution ended within the limits. */
  readonly isComplete: boolean;
}

/** @param depth the largest number of calls in an execution @param most the largest number of executions */
export async function bruteForce(
  definition: object,
  input: unknown,
  depth: number,
  most: number,
): Promise<BruteForce> {
  const machine = compileStateMachine(definition);
  const states = new Map([...statesOf(definition)].map((state) => [state.name, state]));
  const ends = new Set<End>();
  const ahead: number[][] = [[]];
  let isComplete = true;
  for (let runs = 0; ahead.length > 0; runs++) {
    if (runs >= most) return { ends, isComplete: false };
    const plan = ahead.pop() as number[];
    let calls = 0;
    let cut = false;
    let isOver = false;
    const counts: number[] = [];
    const execution = startExecution(
      machine,
      { input: JSON.stringify(input), ...NAMES },
      {
        clock: new VirtualClock(),
        random: () => 0.5,
        uuid: () => '00000000-0000-4000-8000-000000000000',
        invokeTask: ({ stateName }) => {
          const outcomes = outcomesAt(states.get(stateName) as StatePart);
          counts.push(outcomes.length);
          if (calls >= depth) cut = true;
          return outcomes[plan[calls++] ?? 0] as TaskResult;
        },
        onEvent: ({ id }) => {
          if ((cut || id > 400) && !isOver) {
            isOver = true;
            throw new Error('cut');
          }
        },
      },
    );
    const outcome = await execution.outcome;
    if (isOver) isComplete = false;
    else ends.add(endText(outcome, execution.events, states));
    for (let i = plan.length; i < Math.min(counts.length, depth); i++) {
      for (let choice = 1; choice < (counts[i] as number); choice++) {
        ahead.push([...plan, ...Array.from({ length: i - plan.length }, () => 0), choice]);
      }
    }
  }
  return { ends, isComplete };
}

/** What can happen at one call. */
function outcomesAt(task: StatePart): TaskResult[] {
  return [
    { output: '{}' },
    ...['Alpha', 'Beta', 'UnexpectedError'].map((error) => ({ error })),
    ...(ownField(task.content, 'TimeoutSeconds') === undefined
      ? []
      : [{ output: '{}', takes: Number.POSITIVE_INFINITY }]),
  ];
}

function endText(
  outcome: Awaited<ReturnType<typeof startExecution>['outcome']>,
  events: ReturnType<typeof startExecution>['events'],
  states: ReadonlyMap<string, StatePart>,
): End {
  const { visits } = executionPath(events);
  if (outcome.status === 'SUCCEEDED') return `SUCCEEDED in ${visits.findLast(({ scope }) => !scope)?.name}`;
  const failed = visits.filter(({ status }) => status === 'FAILED');
  const inner = failed.findLast((each) => !failed.some(({ scope }) => scope?.visit === each))?.name ?? '';
  return `${outcome.status} in ${inner} with ${plainName(outcome.error ?? '', inner, states)}`;
}

/** Errors of a Task that nothing names are the same to the state machine. */
export function plainName(error: string, state: string, states: ReadonlyMap<string, StatePart>): string {
  if (!['Alpha', 'Beta'].includes(error) || ownField(states.get(state)?.content, 'Type') !== 'Task')
    return error;
  const holders = [...states.values()].filter(
    (each) =>
      each.name === state || scopesIn(each).some((scope) => scope.states.some(({ name }) => name === state)),
  );
  const named = holders
    .flatMap((each) => [...listAt(each, 'Retry'), ...listAt(each, 'Catch')])
    .flatMap(errorNamesOf);
  return named.includes(error) ? error : 'UnexpectedError';
}
