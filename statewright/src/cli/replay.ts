import { InvalidDefinitionError } from '../engine';
import type { BucketOf } from '../integrations/bucket';
import { BucketObjects } from '../integrations/bucket-objects';
import { UserError } from '../user-error';
import { checkFolderOf } from '../user-file';
import { usageOf } from '../verify/costs';
import { type Prices, readPrices } from '../verify/costs-in-money';
import { readHistories } from '../verify/replay/history-files';
import { type RecordedExecution, typeOf } from '../verify/replay/recorded-execution';
import { type Replay, replayExecution } from '../verify/replay/replay';
import { bucketOption, readBuckets } from './buckets';
import {
  type ChosenDefinition,
  definitionOptions,
  definitionOrStack,
  readDefinition,
} from './chosen-definition';
import { type Command, listOf, textOf } from './command';
import { draw, formatOf, writeDrawing } from './drawing';
import { printAnnotations } from './github-annotation';
import { callOf } from './invocation';
import { machineChoice, standInsOption } from './machine';
import { combinedPath, renderCoverage } from './replay/coverage';
import { allowedKinds } from './replay/options';
import { isFailing, type Replayed, renderReplays, replayAnnotations, replayForJson } from './replay/report';
import { type GivenStandIns, readStandIns } from './stand-ins';
import { counted, createTerminal, Progress } from './terminal';
import { pricesOption, usageTexts } from './usage';

/** Runs recorded executions again with a definition, and reports what would differ. */
export const replay: Command = {
  usage: 'statewright replay HISTORY...|DIR',
  description:
    'Runs recorded executions again with a changed definition, and reports what would differ, for CI.',
  maxOperands: Number.POSITIVE_INFINITY,
  options: {
    ...definitionOptions,
    'stand-ins': { ...standInsOption, description: 'What answers calls that a history has no answer for' },
    bucket: {
      ...bucketOption,
      description: 'A folder in place of an S3 bucket that a distributed Map reads',
    },
    allow: {
      type: 'list',
      value: 'KIND',
      description: 'A kind of difference that does not fail the command, such as parameters or new-state',
    },
    coverage: { type: 'boolean', description: 'Shows what no recorded execution used' },
    diagram: {
      type: 'string',
      value: 'FILE',
      description: 'Draws the recorded executions: the more of them took a transition, the wider its line',
    },
    prices: pricesOption,
    json: { type: 'boolean', description: 'Prints a JSON array with an object for each history' },
  },
  notes: [
    [
      'HISTORY is what `aws stepfunctions get-execution-history` prints, or an execution log of an EXPRESS state machine',
      '(level ALL with execution data). statewright pull fetches histories from an account.',
    ].join('\n'),
    [
      'Kinds of differences: incomplete (the history lacks data), unanswered (a call without a recorded result), outcome,',
      'path, data, parameters, new-state, renamed-state.',
    ].join('\n'),
    [
      '  statewright replay histories --definition states.asl.json',
      '  statewright replay histories --allow parameters,new-state --coverage',
    ].join('\n'),
    'The exit code is 1 when something differs that --allow does not name. In GitHub Actions it prints annotations as well.',
  ],
  async run(values, operands) {
    if (operands.length === 0) {
      throw new UserError(
        'The histories are missing.',
        `Add files or folders, such as: ${callOf('replay', 'histories')}`,
      );
    }
    const allowed = allowedKinds(listOf(values.allow));
    const prices = typeof values.prices === 'string' ? readPrices(values.prices) : undefined;
    const diagram = textOf(values.diagram);
    if (diagram !== undefined) checkFolderOf(diagram);
    const { bucket, ...chosenBy } = values;
    const { standIns, ...choice } = definitionOrStack(machineChoice(chosenBy, []));
    const given = await readStandIns(standIns);
    const bucketOf = readBuckets({ bucket });
    const executions = readHistories(...operands);
    const terminal = createTerminal();
    const progress = new Progress(values.json ? createTerminal({ stream: process.stderr }) : terminal);
    const chosen = await readDefinition(choice, progress);
    const replayed = await replayAll(executions, chosen, given, bucketOf);

    printAnnotations(replayAnnotations(replayed, allowed, chosen.file), { json: values.json === true });
    if (values.json) {
      terminal.write(`${JSON.stringify(replayed.map(replayForJson), null, 2)}\n`);
    } else {
      terminal.write(renderReplays(replayed, allowed, terminal));
      terminal.write(renderUsage(executions, replayed, chosen, prices));
      if (values.coverage)
        terminal.write(`\n${await renderCoverage(chosen.name, chosen.definition, executions)}`);
    }
    if (diagram !== undefined) drawExecutions(diagram, executions, chosen);
    return replayed.some((each) => isFailing(each, allowed)) ? 1 : 0;
  },
};

async function replayAll(
  executions: readonly RecordedExecution[],
  { definition, file, fictitiousArns }: ChosenDefinition,
  given: GivenStandIns | undefined,
  bucketOf: BucketOf,
): Promise<readonly Replayed[]> {
  const replayed: Replayed[] = [];
  const objectsOf = (name: string) => {
    const bucket = bucketOf(name, '');
    return bucket && new BucketObjects(bucket, () => 'REPLAYED');
  };
  for (const execution of executions) {
    const standIn = given && standInOf(definition, given);
    const options = { definition, objectsOf, fictitious: fictitiousArns, ...(standIn && { standIn }) };
    replayed.push({ name: execution.name ?? '', replay: await replayOne(execution, options, file) });
  }
  return replayed;
}

/** A new one for each replay: a sequence of answers begins again. */
function standInOf(definition: object, { file, answers }: GivenStandIns) {
  const kit = require('../testing/replay') as typeof import('../testing/replay');
  try {
    return kit.standInOf(definition, answers);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${file}: ${error.message}`, error.hint);
  }
}

async function replayOne(
  execution: RecordedExecution,
  options: Parameters<typeof replayExecution>[1],
  file: string | undefined,
): Promise<Replay> {
  try {
    return await replayExecution(execution, options);
  } catch (error) {
    if (!(error instanceof InvalidDefinitionError)) throw error;
    const where = file === undefined ? '' : `${file}: `;
    throw new UserError(`${where}${error.message}`, `To see every error: ${callOf('validate', file ?? '.')}`);
  }
}

function renderUsage(
  executions: readonly RecordedExecution[],
  replayed: readonly Replayed[],
  { definition, functionMemory }: ChosenDefinition,
  prices: Prices | undefined,
): string {
  const definitionSize = Buffer.byteLength(JSON.stringify(definition));
  const used = (histories: (index: number) => readonly RecordedExecution['events'][]) =>
    usageTexts(
      usageOf(
        executions.flatMap((execution, index) =>
          histories(index).map((events) => ({ events, type: typeOf(execution), definitionSize })),
        ),
        functionMemory,
      ),
      prices,
    ).join('; ');
  const recorded = used((index) => {
    const { events, children = [] } = executions[index] as RecordedExecution;
    return [events, ...children.map((child) => child.events)];
  });
  const now = used((index) => {
    const { events, children } = (replayed[index] as Replayed).replay;
    return events.length > 0 ? [events, ...children] : [];
  });
  return `Billed: ${recorded}\n${now === recorded ? '' : `Now:    ${now}\n`}`;
}

function drawExecutions(
  file: string,
  executions: readonly RecordedExecution[],
  { name, definition }: ChosenDefinition,
): void {
  const execution = combinedPath(definition, executions);
  const title = `${name}: ${counted(executions.length, 'execution')}`;
  const format = formatOf(file);
  writeDrawing(file, draw({ definition, execution, title, theme: 'auto', format, widthsByCount: true }));
}
