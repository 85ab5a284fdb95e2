import { InvalidDefinitionError } from '../engine';
import { UserError } from '../user-error';
import type { Recorded } from '../verify/explore';
import { readHistories } from '../verify/replay/history-files';
import { type Command, listOf, textOf, type Values } from './command';
import { showNotices } from './definition-machine';
import { changedRows, readExpected } from './exploration/expected';
import { type ExploredMachine, refusalOf } from './exploration/explored-machine';
import { renderChanges, renderExploration } from './exploration/report';
import { testFile } from './exploration/test-file';
import { inputOption, readInput } from './input';
import { callOf } from './invocation';
import { machineChoice, machineOptions, standInsOption } from './machine';
import { type ReadMachine, readMachines } from './read-machines';
import { applyStandIns, type GivenStandIns, readStandIns } from './stand-ins';
import { createTerminal, Progress, renderError } from './terminal';

/** Tries every outcome of every Task, and shows where each error leads. */
export const explore: Command = {
  usage: 'statewright explore [DIR|FILE]',
  description: 'Tries every error that can happen in a state machine, and shows where the execution ends.',
  maxOperands: 1,
  options: {
    ...machineOptions,
    definition: {
      type: 'string',
      value: 'FILE|DIR',
      description: 'A definition (JSON or YAML), a CloudFormation or SAM template, or a folder with these',
    },
    input: { ...inputOption, description: `${inputOption.description} (default: examples)` },
    'stand-ins': {
      ...standInsOption,
      description: 'Results of functions and services: JSON or a module; each one of a list is tried',
    },
    history: {
      type: 'list',
      value: 'FILE|DIR',
      description: 'Recorded executions, whose inputs and results are used as well',
    },
    expect: {
      type: 'string',
      value: 'FILE',
      description: 'An earlier output of --json: the exit code is 1 when a row differs',
    },
    tests: { type: 'boolean', description: 'Prints a test for each row, for the testing kit' },
    json: { type: 'boolean', description: 'Prints a JSON array with an object for each state machine' },
    'max-executions': {
      type: 'string',
      value: 'NUMBER',
      description: 'The largest number of executions of a state machine (default: 5000)',
    },
    'max-events': {
      type: 'string',
      value: 'NUMBER',
      description: 'The largest number of events of an execution (default: 5000)',
    },
  },
  notes: [
    [
      'Without DIR it synthesizes the CDKTF project in this folder. Nothing is called, and time is simulated. Without --input',
      'and --stand-ins it makes examples from the paths that the states read.',
    ].join('\n'),
    [
      '  statewright explore --definition states.asl.json',
      '  statewright explore --definition states.asl.json --json > errors.json',
      '  statewright explore --definition states.asl.json --expect errors.json',
    ].join('\n'),
  ],
  async run(values, operands) {
    const machines = await readMachines(machineChoice(values, operands));
    const notices = new Set(machines.flatMap((machine) => machine.notices));
    showNotices([...notices], new Progress(createTerminal({ stream: process.stderr })));
    const expected = readExpected(textOf(values.expect));
    const given = {
      inputs: listOf(values.input).map((input) => JSON.parse(readInput(input)) as unknown),
      standIns: await readStandIns(textOf(values['stand-ins'])),
      histories: readHistories(...listOf(values.history)),
      limits: limitsOf(values),
    };
    const explored: ExploredMachine[] = [];
    for (const machine of machines) {
      const refusal = refusalOf(machine);
      const hint = validateHint(textOf(values.definition));
      explored.push(await exploreMachine(machine, given, refusal, hint));
      // Such as an entry after States.ALL, which is also one of the findings.
      if (refusal !== undefined) warn(refusal, hint);
    }
    const terminal = createTerminal();
    const changes = expected && changedRows(explored, expected);
    if (values.json) terminal.write(`${JSON.stringify(explored, null, 2)}\n`);
    else if (values.tests) terminal.write(testFile(explored));
    else if (changes) terminal.write(renderChanges(changes, textOf(values.expect) as string, terminal));
    else terminal.write(explored.map((each) => renderExploration(each, terminal)).join('\n'));
    return changes && changes.length > 0 ? 1 : 0;
  },
};

const validateHint = (file: string | undefined): string | undefined =>
  file === undefined ? undefined : `To see every error with its line: ${callOf('validate', file)}`;

function warn(refusal: string, hint: string | undefined): void {
  const terminal = createTerminal({ stream: process.stderr });
  terminal.write(renderError(refusal, hint, terminal));
}

interface Given {
  readonly inputs: readonly unknown[];
  readonly standIns: GivenStandIns | undefined;
  readonly histories: readonly Recorded[];
  readonly limits: { readonly maxExecutions?: number; readonly maxEvents?: number };
}

async function exploreMachine(
  { name, type, definition, deploy }: ReadMachine,
  { inputs, standIns, histories, limits }: Given,
  refusal: string | undefined,
  hint: string | undefined,
): Promise<ExploredMachine> {
  const { exploreDefinition } = require('../verify/explore') as typeof import('../verify/explore');
  const { samplesFrom } = require('../testing/explore') as typeof import('../testing/explore');
  const { StandIns } = require('../testing/stand-ins') as typeof import('../testing/stand-ins');
  const { Names } = require('../testing/targets') as typeof import('../testing/targets');
  const { Runs } = require('../testing/run') as typeof import('../testing/run');
  const answers = new StandIns(new Runs(), () => {});
  const names = new Names(definition);
  applyStandIns(standIns, (target, answer) => answers.replace(names.resolve(target), answer));
  const exploring = exploreDefinition(definition, {
    ...limits,
    ...samplesFrom(definition, (call) => answers.answerTo(call), histories, inputs),
    type,
    deploy,
  });
  const exploration = await exploring.catch((error: unknown) => {
    if (!(error instanceof InvalidDefinitionError)) throw error;
    throw new UserError(refusal ?? `${name} cannot be explored: ${error.message}`, hint);
  });
  return { stateMachine: name, ...exploration };
}

function limitsOf(values: Values): Given['limits'] {
  const numberOf = (name: string): number | undefined => {
    const text = textOf(values[name]);
    if (text === undefined) return undefined;
    if (/^[1-9]\d*$/.test(text)) return Number(text);
    throw new UserError(`--${name} ${text} is not a number above 0.`, `For example: --${name} 1000`);
  };
  const [maxExecutions, maxEvents] = ['max-executions', 'max-events'].map(numberOf);
  return {
    ...(maxExecutions !== undefined && { maxExecutions }),
    ...(maxEvents !== undefined && { maxEvents }),
  };
}
