import { extname } from 'node:path';
import {
  PNG_SCALE,
  pngScale,
  renderDiagram,
  renderMermaid,
  renderOutline,
  renderPng,
  type Theme,
} from '../diagram';
import { readWorkflow, type WorkflowScope } from '../diagram/workflow';
import { didYouMeanOneOf } from '../did-you-mean';
import type { ExecutionPath } from '../history/execution-path';
import { UserError } from '../user-error';
import { writeUserFile } from '../user-file';

export const themes = ['light', 'dark', 'auto'] as const satisfies readonly Theme[];
export const formats = ['svg', 'png', 'mermaid', 'text'] as const;
export type Format = (typeof formats)[number];

const formatByExtension: Readonly<Record<string, Format>> = {
  '.svg': 'svg',
  '.png': 'png',
  '.mmd': 'mermaid',
  '.txt': 'text',
};

/** A diagram to draw, and its style. */
export interface Drawing {
  readonly definition: unknown;
  readonly execution?: ExecutionPath;
  readonly title?: string;
  /** Whether a transition's line is the wider the more often it was taken. */
  readonly widthsByCount?: boolean;
  readonly theme: Theme;
  readonly format: Format;
}

/**
 * @param note is called with a text for the user when a PNG is smaller than usual
 * @throws UserError for a definition that cannot be drawn, or a path through states that it does not have
 */
export function draw(
  { definition, execution, title, widthsByCount, theme, format }: Drawing,
  note: (text: string) => void = () => {},
): string | Uint8Array {
  if (execution) checkStates(execution, stateNames(readWorkflow(definition)));
  if (format === 'mermaid') return renderMermaid(definition, execution);
  if (format === 'text') return renderOutline(definition, execution);
  const svg = renderDiagram(definition, {
    theme,
    ...(execution && { execution }),
    ...(title !== undefined && { title }),
    ...(widthsByCount !== undefined && { widthsByCount }),
  });
  if (format !== 'png') return svg;
  const scale = pngScale(svg);
  if (scale < PNG_SCALE) {
    note(
      `The diagram is large: the PNG has a scale of ${scale.toFixed(2)} instead of ${PNG_SCALE}. An SVG is sharp at every size.`,
    );
  }
  return renderPng(svg, scale);
}

/** The format that matches a file's extension (default: SVG). @throws UserError for any other extension */
export function formatOf(file: string | undefined): Format {
  if (file === undefined) return 'svg';
  const format = formatByExtension[extname(file).toLowerCase()];
  if (format !== undefined) return format;
  throw new UserError(
    `Unknown file extension: ${file}`,
    `Use ${Object.keys(formatByExtension).join(', ')}, or add --format ${formats.join('|')}.`,
  );
}

/** @throws UserError for any other value than the choices */
export function oneOf<T extends string>(
  option: string,
  choices: readonly T[],
  value: unknown,
): T | undefined {
  const choice = choices.find((each) => each === value);
  if (choice !== undefined || value === undefined) return choice;
  throw new UserError(`Unknown ${option} "${value}".`, didYouMeanOneOf(String(value), choices));
}

/** @throws UserError when the file cannot be written */
export function writeDrawing(file: string, content: string | Uint8Array): void {
  writeUserFile(file, content, 'Choose another file: --out FILE');
}

/** Without this check, a path through unknown states would be drawn as if nothing had run. */
function checkStates({ visits }: ExecutionPath, names: readonly string[]): void {
  const unknown = visits.find(({ name }) => !names.includes(name));
  if (!unknown) return;
  throw new UserError(
    `The execution went through the state "${unknown.name}", which the definition does not have.`,
    'Use the definition of that execution: `aws stepfunctions describe-state-machine-for-execution` prints it.',
  );
}

function stateNames({ states }: WorkflowScope): string[] {
  return states.flatMap(({ name, scopes }) => [name, ...scopes.flatMap(stateNames)]);
}
