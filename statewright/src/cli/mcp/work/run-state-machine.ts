import { deployDefinition } from '../../../testing/deploy';
import { NothingStandsInError } from '../../../testing/stand-ins';
import { isStandInsModule, readStandInsFile, standInsIn } from '../../../testing/stand-ins-file';
import type { Workflow } from '../../../testing/workflow';
import { UserError } from '../../../user-error';
import { machineName } from '../../definition-machine';
import { readInput } from '../../input';
import { applyStandIns, type GivenStandIns, lackOf } from '../../stand-ins';
import { renderFindings } from '../../validation/report';
import { validateText } from '../../validation/validate-file';
import type { ToolInput } from '../tools';
import { executionOutput, executionText } from './execution';
import { inputValue } from './input';
import { type ChosenMachine, chosenMachine, projectPath } from './machine';
import { ends, plain, shortValue } from './plain';
import type { Work } from './work';

type Arguments = ToolInput<'run_state_machine'>;

const MOST_CALLS = 20;

/** One execution in simulated time. */
export const runStateMachine: Work<'run_state_machine'> = async (args) => {
  const machine = await chosenMachine(args);
  const input = JSON.parse(readInput(JSON.stringify(inputValue(args.input) ?? {}))) as unknown;
  const given = await standInsOf(args);
  await refuseInvalid(machine);
  const { name, type, definition } = machine;
  const workflow = await deployDefinition(definition, {
    name: machineName(name),
    type,
    startTime: new Date(),
  });
  try {
    applyStandIns(given, (target, answer) => workflow.replace(target, answer));
    const execution = await run(workflow, input, given);
    const output = executionOutput(execution.events, args.states);
    const { shown, omitted } = ends(execution.invocations, MOST_CALLS);
    const calls = shown.map(({ state, lambda, resource, input }) => ({
      state,
      called: lambda ?? resource,
      input: shortValue(input),
    }));
    return {
      text: [...machine.notices, executionText(output)].join('\n'),
      data: {
        stateMachine: name,
        ...output,
        calls,
        ...(omitted > 0 && { omittedCalls: omitted }),
        ...(machine.notices.length > 0 && { notices: [...machine.notices] }),
      },
    };
  } finally {
    await workflow.close();
  }
};

async function standInsOf({ standIns }: Arguments): Promise<GivenStandIns | undefined> {
  if (standIns === undefined) return undefined;
  if (typeof standIns !== 'string') return { file: 'standIns', answers: standInsIn(standIns, 'standIns') };
  if (isStandInsModule(standIns)) {
    throw new UserError(
      `${standIns} is a module, whose code would run: only JSON is read.`,
      `Write the stand-ins as JSON, or let the user run: statewright start --stand-ins ${standIns}`,
    );
  }
  const file = projectPath(standIns);
  return { file, answers: await readStandInsFile(file) };
}

/** @throws UserError with every diagnostic for a definition that Step Functions refuses */
async function refuseInvalid({ name, type, definition }: ChosenMachine): Promise<void> {
  const [file] = await validateText(JSON.stringify(definition), 'definition.json', {}, type);
  const errors = file?.diagnostics.filter(({ severity }) => severity === 'ERROR') ?? [];
  if (file === undefined || errors.length === 0) return;
  const diagnostics = errors.map(({ line: _line, column: _column, ...each }) => each);
  throw new UserError(
    `Step Functions refuses the definition of ${name}:`,
    renderFindings([{ ...file, file: name, diagnostics }], plain).trimEnd(),
  );
}

async function run(workflow: Workflow, input: unknown, given: GivenStandIns | undefined) {
  try {
    return await workflow.run(input);
  } catch (error) {
    if (!(error instanceof NothingStandsInError)) throw error;
    const { problem, entries } = lackOf(error, JSON.stringify(workflow.definition), given);
    throw new UserError(problem, `Add to standIns: ${entries}`);
  }
}
