import { mkdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { renderDiagram, renderMermaid, renderPng, type Theme } from '../diagram';
import { readWorkflow, type WorkflowScope } from '../diagram/workflow';
import { didYouMeanOneOf } from '../did-you-mean';
import { parseAwsHistoryJson } from '../history/aws-history';
import { type ExecutionPath, executionPath } from '../history/execution-path';
import { invalidJson } from '../json-fault';
import { UserError } from '../user-error';
import type { Command, Values } from './command';
import { readTextFile } from './input';
import { createTerminal, Progress } from './terminal';
import { demonstration, withWorkflow } from './workflow';

const themes = ['light', 'dark', 'auto'] as const satisfies readonly Theme[];
const formats = ['svg', 'png', 'mermaid'] as const;
type Format = (typeof formats)[number];

const formatByEnding: Readonly<Record<string, Format>> = { '.svg': 'svg', '.png': 'png', '.mmd': 'mermaid' };

/** Where the project's own diagrams are, from the project's folder, in which npm runs its scripts. */
const folder = 'docs';

/** The README's diagrams, or one of any definition. */
export const diagram: Command = {
  usage: 'npm run diagram',
  description:
    "Draws this project's two executions to docs/success.svg and docs/fail.svg, or any state machine with --definition.",
  options: {
    definition: {
      type: 'string',
      value: 'FILE',
      description: 'Draws this definition, JSON in the Amazon States Language',
    },
    execution: {
      type: 'string',
      value: 'FILE|JSON',
      description: 'Marks the path of the history that `aws stepfunctions get-execution-history` printed',
    },
    out: {
      type: 'string',
      value: 'FILE',
      description: 'Writes to this file; otherwise to the terminal (npm run -s diagram keeps that clean)',
    },
    theme: {
      type: 'string',
      value: themes.join('|'),
      description: "The colours of an SVG or PNG; auto, unless given, follows the reader's preference",
    },
    format: {
      type: 'string',
      value: formats.join('|'),
      description: 'What to write; follows the ending of --out (.svg, .png, .mmd) unless given',
    },
  },
  async run(values) {
    if (values.definition === undefined) {
      const [option] = Object.keys(values);
      if (option !== undefined) {
        throw new UserError(`--${option} is for the diagram of a definition.`, 'Give it: --definition FILE');
      }
      return drawDemonstration();
    }
    return drawFile(String(values.definition), values);
  },
};

async function drawDemonstration(): Promise<number> {
  const terminal = createTerminal();
  await withWorkflow(new Progress(terminal), async ({ definition, run }) => {
    mkdirSync(folder, { recursive: true });
    for (const { name, title, input } of demonstration) {
      const { events } = await run(input, title);
      const file = join(folder, `${name}.svg`);
      write(file, renderDiagram(JSON.parse(definition), { execution: executionPath(events), title }));
      terminal.write(`    ${file}\n`);
    }
  });
  return 0;
}

async function drawFile(definitionFile: string, values: Values): Promise<number> {
  const { execution: historyFile, out } = values;
  const file = out === undefined ? undefined : String(out);
  const theme = oneOf('theme', themes, values.theme) ?? 'auto';
  const format = oneOf('format', formats, values.format) ?? formatOf(file);
  if (format === 'png' && file === undefined && process.stdout.isTTY) {
    throw new UserError('A PNG is not for a terminal.', 'Say where to write it: --out FILE.png');
  }
  const definition = readDefinition(definitionFile);
  const execution = historyFile === undefined ? undefined : readHistory(String(historyFile));
  if (execution)
    checkStates(
      execution,
      aboutFile(definitionFile, () => stateNames(readWorkflow(definition))),
    );
  const draw = () => {
    const drawing = aboutFile(definitionFile, () =>
      format === 'mermaid'
        ? renderMermaid(definition, execution)
        : renderDiagram(definition, { theme, ...(execution && { execution }) }),
    );
    return format === 'png' ? renderPng(drawing) : drawing;
  };
  if (file === undefined) process.stdout.write(draw());
  else await watched(`Draw ${file}`, () => write(file, draw()));
  return 0;
}

/** Does what may take seconds, such as a PNG of two hundred states; a person at a terminal sees that it is under way. */
async function watched(label: string, work: () => void): Promise<void> {
  const terminal = createTerminal();
  if (terminal.interactive) await new Progress(terminal).run(label, work, true);
  else work();
}

/** @throws UserError for a value that is none of the choices */
function oneOf<T extends string>(option: string, choices: readonly T[], value: unknown): T | undefined {
  const choice = choices.find((each) => each === value);
  if (choice !== undefined || value === undefined) return choice;
  throw new UserError(`Unknown ${option} "${value}".`, didYouMeanOneOf(String(value), choices));
}

/** The format that a file's ending stands for; SVG where there is no file. */
function formatOf(file: string | undefined): Format {
  if (file === undefined) return 'svg';
  const format = formatByEnding[extname(file).toLowerCase()];
  if (format !== undefined) return format;
  throw new UserError(
    `The ending of ${file} does not say what to write.`,
    `End it in ${Object.keys(formatByEnding).join(', ')}, or give --format ${formats.join('|')}.`,
  );
}

function readDefinition(file: string): unknown {
  const text = readTextFile(file, 'definition');
  const problem = invalidJson(file, text);
  if (problem) {
    throw new UserError(problem, 'Give --definition a state machine in the Amazon States Language.');
  }
  return JSON.parse(text);
}

/** A history in a file, or itself, which begins as no file's name would. */
function readHistory(value: string): ExecutionPath {
  const isText = /^\s*\{/.test(value);
  const text = isText ? value : readTextFile(value, 'execution');
  return executionPath(aboutFile(isText ? '--execution' : value, () => parseAwsHistoryJson(text)));
}

/** A path through other states than these would be drawn as if nothing had run. */
function checkStates({ visits }: ExecutionPath, names: readonly string[]): void {
  const stranger = visits.find(({ name }) => !names.includes(name));
  if (!stranger) return;
  throw new UserError(
    `The execution went through the state "${stranger.name}", which the definition does not have.`,
    'Give the definition that it ran with: `aws stepfunctions describe-state-machine-for-execution` prints it.',
  );
}

function stateNames({ states }: WorkflowScope): string[] {
  return states.flatMap(({ name, scopes }) => [name, ...scopes.flatMap(stateNames)]);
}

/** Names the file in what is wrong with its content. */
function aboutFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${file}: ${error.message}`, error.hint);
  }
}

function write(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw new UserError(
      `The diagram cannot be written: ${(error as Error).message}`,
      'Give --out a file in a folder that is there and may be written to.',
    );
  }
}
