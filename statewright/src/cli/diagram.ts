import { join } from 'node:path';
import { parseAwsHistoryJson } from '../history/aws-history';
import { type ExecutionPath, executionPath } from '../history/execution-path';
import { UserError } from '../user-error';
import { checkFolderOf, makeUserFolder, readUserFile } from '../user-file';
import { type Command, textOf, type Values } from './command';
import { showNotices } from './definition-machine';
import { type Drawing, draw, formatOf, formats, oneOf, themes, writeDrawing } from './drawing';
import { inputOption, readInput, titleOf } from './input';
import { type MachineChoice, machineChoice, machineOptions, standInsOption, step } from './machine';
import { readProjectSettings } from './project-settings';
import { createTerminal, Progress } from './terminal';
import { withMachine } from './with-machine';

/** Draws a state machine, alone or with the path of an execution. */
export const diagram: Command = {
  usage: 'statewright diagram [DIR|cdk.tf.json]',
  description:
    'Draws a state machine, with the path of an execution if there is one, as SVG, PNG, Mermaid or plain text.',
  maxOperands: 1,
  options: {
    ...machineOptions,
    input: {
      ...inputOption,
      description: 'Runs the state machine with this input (or file://PATH), and draws the path',
      type: 'string',
    },
    'stand-ins': standInsOption,
    execution: {
      type: 'string',
      value: 'FILE|JSON',
      description: 'Draws the path of the history that `aws stepfunctions get-execution-history` printed',
    },
    out: {
      type: 'string',
      value: 'FILE',
      description: 'Writes to this file (default: standard output, for a pipe)',
    },
    theme: {
      type: 'string',
      value: themes.join('|'),
      description: "The colours of an SVG or PNG (default: auto, the reader's preference)",
    },
    format: {
      type: 'string',
      value: formats.join('|'),
      description: 'What to write (default: by the ending of --out: .svg, .png, .mmd, .txt)',
    },
  },
  notes: [
    'Without DIR it synthesizes the CDKTF project in this folder.',
    [
      '  statewright diagram --definition states.asl.json --out diagram.svg',
      '  statewright diagram --definition states.asl.json --execution history.json --out diagram.png',
      `  statewright diagram --input '{"id": 1}' --out diagram.svg`,
    ].join('\n'),
  ],
  async run(values, operands) {
    const choice = machineChoice(values, operands);
    const style = { theme: oneOf('theme', themes, values.theme) ?? 'auto' } as const;
    const isPlain = values.input === undefined && values.execution === undefined && values.out === undefined;
    const settings =
      choice.definition === undefined && isPlain ? readProjectSettings(choice.path ?? '.') : undefined;
    if (settings?.diagrams !== undefined && settings.inputs.size > 0) {
      return drawInputs(choice, settings.inputs, settings.diagrams, style.theme);
    }
    const file = textOf(values.out);
    const format = oneOf('format', formats, values.format) ?? formatOf(file);
    if (file === undefined && (format === 'svg' || format === 'png') && process.stdout.isTTY) {
      throw new UserError(
        `${format === 'png' ? 'A PNG' : 'An SVG'} is not for a terminal.`,
        `Write it to a file: --out diagram.${format}`,
      );
    }
    if (file !== undefined) checkFolderOf(file);
    await drawOne(choice, values, file, { ...style, format });
    return 0;
  },
};

/** Runs each input of the project's settings, and draws the executions to a folder. */
async function drawInputs(
  choice: MachineChoice,
  inputs: ReadonlyMap<string, string>,
  folder: string,
  theme: Drawing['theme'],
): Promise<number> {
  const progress = new Progress(createTerminal());
  await withMachine(choice, progress, async ({ definition, run }) => {
    makeUserFolder(folder);
    for (const [name, input] of inputs) {
      const title = titleOf(input);
      const { events } = await run(input, title);
      const drawing = { definition: JSON.parse(definition), execution: executionPath(events), title, theme };
      await drawTo(join(folder, `${name}.svg`), { ...drawing, format: 'svg' }, progress);
    }
  });
  return 0;
}

async function drawOne(
  choice: MachineChoice,
  values: Values,
  file: string | undefined,
  style: Pick<Drawing, 'theme' | 'format'>,
): Promise<void> {
  const [input, history] = [textOf(values.input), textOf(values.execution)];
  if (input !== undefined && history !== undefined) {
    throw new UserError(
      '--input and --execution cannot be used together: each selects the path to draw.',
      'Use one of them.',
    );
  }
  const text = input === undefined ? undefined : readInput(input);
  const read = history === undefined ? undefined : readHistory(history);
  // Standard output is for the diagram.
  const progress = new Progress(createTerminal(file === undefined ? { stream: process.stderr } : {}));
  const drawWith = (definition: unknown, execution: ExecutionPath | undefined) =>
    drawTo(file, { ...style, definition, ...(execution && { execution }) }, progress);

  if (choice.definition !== undefined && text === undefined) {
    const { machineInFile } = require('../definitions') as typeof import('../definitions');
    const { definition, notices } = machineInFile(
      choice.definition,
      choice.substitutions,
      choice.stateMachine,
    );
    showNotices(notices, progress);
    await aboutFile(choice.definition, () => drawWith(definition, read));
    return;
  }
  if (text === undefined) {
    const { readMachine } = require('./read-machines') as typeof import('./read-machines');
    const shown = file === undefined ? undefined : progress;
    const { definition } = await step(shown, 'Read the stack', () => readMachine(choice));
    await drawWith(definition, read);
    return;
  }
  await withMachine(choice, file === undefined ? undefined : progress, async ({ definition, run }) => {
    await drawWith(JSON.parse(definition), executionPath((await run(text, titleOf(text))).events));
  });
}

async function drawTo(file: string | undefined, drawing: Drawing, progress: Progress): Promise<void> {
  const notes: string[] = [];
  const work = () => draw(drawing, (text) => notes.push(text));
  if (file === undefined) process.stdout.write(work());
  // A PNG of two hundred states takes seconds.
  else await progress.run(`Draw ${file}`, () => writeDrawing(file, work()), true);
  for (const note of notes) progress.step(note);
}

/** Reads a history from a file, or from the value itself where that begins with `{`. */
function readHistory(value: string): ExecutionPath {
  const isText = /^\s*\{/.test(value);
  const text = isText ? value : readUserFile(value);
  try {
    return executionPath(parseAwsHistoryJson(text));
  } catch (error) {
    throw named(isText ? '--execution' : value, error);
  }
}

/** Adds the file's name to errors about its content. */
async function aboutFile(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw named(file, error);
  }
}

function named(file: string, error: unknown): unknown {
  if (!(error instanceof UserError) || error.message.startsWith('The diagram cannot')) return error;
  return new UserError(`${file}: ${error.message}`, error.hint);
}
