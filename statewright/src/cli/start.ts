import { toAwsHistoryJson } from '../history/aws-history';
import { UserError } from '../user-error';
import { usageOf } from '../verify/costs';
import { type Prices, readPrices } from '../verify/costs-in-money';
import { exampleData } from '../verify/explore';
import { type Command, listOf, optionsText, type Values } from './command';
import { inputOption, readInput, titleOf } from './input';
import { callOf, hasScript } from './invocation';
import { javaRuntime, javaRuntimeOption } from './java-runtime';
import { type Machine, type MachineChoice, machineChoice, machineOptions, standInsOption } from './machine';
import { readProjectSettings } from './project-settings';
import { readServices, serviceOptions } from './service-options';
import { quote } from './shell';
import { createTerminal, Progress, renderExecution, renderNextSteps, type Terminal } from './terminal';
import { pricesOption, reportedCalls, usageTexts } from './usage';
import { withMachine } from './with-machine';

/** Deploys a state machine to a local AWS, runs it, and shows the execution. */
export const start: Command = {
  usage: 'statewright start [DIR|FILE]',
  description: 'Runs a state machine once in a local AWS, and prints its path, its events and its logs.',
  maxOperands: 1,
  options: {
    input: { ...inputOption, description: `${inputOption.description} (default: {})` },
    ...machineOptions,
    'stand-ins': standInsOption,
    'java-runtime': javaRuntimeOption,
    ...serviceOptions,
    prices: pricesOption,
    json: {
      type: 'boolean',
      description: 'Prints the history alone, as `aws stepfunctions get-execution-history` does',
    },
  },
  notes: [
    [
      'Without DIR it synthesizes the CDKTF project in this folder, and runs its real Lambda functions, in real time. FILE is a',
      'template of SAM, CloudFormation or the AWS CDK, or cdk.tf.json.',
      'With --definition every call needs a stand-in, and time is simulated: a Wait of a day takes no time.',
    ].join('\n'),
    [
      '  statewright start --input \'{"id": 1}\'',
      '  statewright start template.yaml --input \'{"id": 1}\'',
      '  statewright start --definition states.asl.json --input file://order.json --stand-ins stand-ins.json',
      '  statewright start --definition template.yaml --state-machine Orders',
    ].join('\n'),
    'The exit code is 1 when an execution does not succeed.',
  ],
  async run(values, operands) {
    const choice = {
      ...machineChoice(values, operands),
      ...javaRuntime(values),
      services: readServices(values),
    };
    const given = listOf(values.input).map(readInput);
    const inputs = given.length > 0 ? given : inputsOf(choice);
    const prices = typeof values.prices === 'string' ? readPrices(values.prices) : undefined;
    if (!values.json) return runAll({ choice, inputs, values, operands, prices });
    const [input, ...more] = inputs;
    if (input === undefined || more.length > 0) {
      throw new UserError('--json prints the history of one execution.', `Use one input: --input '{}'`);
    }
    return printHistory(choice, input);
  },
};

/** The inputs of the project's settings (default: `{}`). */
function inputsOf({ definition, path = '.' }: MachineChoice): readonly string[] {
  const inputs = definition === undefined ? [...readProjectSettings(path).inputs.values()] : [];
  return inputs.length > 0 ? inputs : ['{}'];
}

/** What a call of `start` runs. */
interface Call {
  readonly choice: MachineChoice;
  readonly inputs: readonly string[];
  readonly values: Values;
  readonly operands: readonly string[];
  readonly prices: Prices | undefined;
}

/** How the user calls `start` in the same way, with other options. */
type CallWith = (more: Values, settings?: { readonly quiet: boolean }) => string;

async function runAll({ choice, inputs, values, operands, prices }: Call): Promise<number> {
  const terminal = createTerminal();
  const showNext = values.input === undefined;
  let example: string | undefined;
  const isDone = await withMachine(choice, new Progress(terminal), async (machine) => {
    let succeeded = true;
    for (const input of inputs) {
      const isOne = await runOne(machine, input, terminal, prices);
      succeeded &&= isOne;
    }
    if (showNext && !succeeded) example = exampleInput(machine.definition);
    return succeeded;
  });
  if (showNext) {
    const callWith: CallWith = (more, settings) =>
      callOf('start', [...operands.map(quote), optionsText({ ...values, ...more })].join(' '), settings);
    const isStack = choice.definition === undefined;
    const steps = [
      ...(example === undefined
        ? []
        : [[callWith({ input: example }), 'runs it with an example of what its states read'] as const]),
      ...(isStack && example === undefined
        ? [[callWith({ input: inputs.at(-1) as string }), 'runs it once with your own input'] as const]
        : []),
      ...(isStack ? stackSteps(callWith, operands) : []),
    ];
    if (steps.length > 0)
      terminal.write(
        `\n${renderNextSteps(steps.length === 1 ? 'Next step' : 'Next steps', steps, terminal)}`,
      );
  }
  return isDone ? 0 : 1;
}

/** A state machine that was run without an input may need one: an example of what it reads. */
function exampleInput(definition: string): string | undefined {
  const { input } = exampleData(JSON.parse(definition));
  return input === '{}' ? undefined : input;
}

/** Whether the execution succeeded. */
async function runOne(
  machine: Machine,
  input: string,
  terminal: Terminal,
  prices: Prices | undefined,
): Promise<boolean> {
  const title = titleOf(input);
  const ended = await machine.run(input, title);
  const { type, definition, functionMemory } = machine;
  const used = { events: ended.events, type, definitionSize: Buffer.byteLength(definition) };
  const billed = usageTexts(
    usageOf([used], functionMemory, reportedCalls(ended.logs, functionMemory)),
    prices,
  );
  terminal.write(`\n${renderExecution({ ...ended, title, input: input.trim(), billed }, terminal)}`);
  return ended.outcome.status === 'SUCCEEDED';
}

async function printHistory(choice: MachineChoice, input: string): Promise<number> {
  return withMachine(choice, undefined, async (machine) => {
    const { events, outcome } = await machine.run(input, '');
    process.stdout.write(`${toAwsHistoryJson(events)}\n`);
    return outcome.status === 'SUCCEEDED' ? 0 : 1;
  });
}

function stackSteps(
  callWith: CallWith,
  operands: readonly string[],
): (readonly [command: string, purpose: string])[] {
  return [
    [callWith({ input: '{}', json: true }, { quiet: true }), 'prints the history as the AWS CLI does'],
    [
      callOf('local', ['--deploy', ...operands.map(quote)].join(' ')),
      'shows it in a console, whose address it prints',
    ],
    ...(hasScript('test') ? [['npm test', 'runs the tests'] as const] : []),
    ...(hasScript('deploy')
      ? [['npm run deploy', 'deploys the same stack to your AWS account'] as const]
      : []),
    ...(hasScript('help') ? [['npm run help', 'shows every command'] as const] : []),
  ];
}
