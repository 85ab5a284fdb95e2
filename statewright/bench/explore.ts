/** The CPU time to explore every error path of a state machine. */
import { exploreDefinition } from '../src/verify/explore';
import { scenarios } from './machines';
import { printTable } from './table';

const functionArn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** Transient errors of Lambda, as the Step Functions Developer Guide retries them. */
const Retry = [
  {
    ErrorEquals: ['Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.TooManyRequestsException'],
    MaxAttempts: 6,
  },
];

/** Sixty states: Tasks with handlers one after the other, Choices between them, and compensations at the end. */
function sixtyStates(): object {
  const states: Record<string, object> = {};
  for (let i = 0; i < 39; i++) {
    const next = i < 38 ? `Task${i + 1}` : 'Done';
    const Catch = [
      { ErrorEquals: ['Rejected'], ResultPath: '$.error', Next: `Undo${i % 10}` },
      { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Undo0' },
    ];
    const task = {
      Type: 'Task',
      Resource: functionArn(`Task${i}`),
      TimeoutSeconds: 60,
      ResultPath: `$.task${i}`,
      Retry,
    };
    states[`Task${i}`] = i % 4 === 3 ? { ...task, Catch, Next: `If${i}` } : { ...task, Catch, Next: next };
    if (i % 4 !== 3) continue;
    const Choices = [{ Variable: `$.task${i}.done`, BooleanEquals: true, Next: next }];
    if (i < 32) states[`If${i}`] = { Type: 'Choice', Choices, Default: 'Undo0' };
    else states[`If${i}`] = { Type: 'Pass', Next: next };
  }
  for (let i = 0; i < 8; i++) {
    states[`Undo${i}`] = {
      Type: 'Task',
      Resource: functionArn(`Undo${i}`),
      ResultPath: null,
      Retry,
      Next: i < 7 ? `Undo${i + 1}` : 'Failed',
    };
  }
  states.Undo8 = { Type: 'Pass', Next: 'Failed' };
  states.Undo9 = { Type: 'Pass', Next: 'Failed' };
  return {
    StartAt: 'Task0',
    States: { ...states, Failed: { Type: 'Fail', Error: 'Undone' }, Done: { Type: 'Succeed' } },
  };
}

async function main(): Promise<void> {
  const example = scenarios.find(({ name }) => name.startsWith('the example'))?.definition as object;
  const sixty = sixtyStates();
  const count = Object.keys((sixty as { readonly States: object }).States).length;
  const rows: string[][] = [];
  for (const [name, definition] of [
    ['the example, at first', example],
    ['the example, once more', example],
    [`${count} states: Tasks with handlers, Choices, compensations`, sixty],
  ] as const) {
    const begin = process.cpuUsage();
    const { executions, rows: found, limits } = await exploreDefinition(definition);
    const { user, system } = process.cpuUsage(begin);
    rows.push([
      name,
      String(executions),
      String(found.length),
      String(limits.length),
      ((user + system) / 1000).toFixed(0),
    ]);
  }
  printTable(['state machine', 'executions', 'rows', 'limits reached', 'CPU ms'], rows);
}

void main();
