import { quote } from './shell';
import { wrap } from './terminal';

/** One option of a command, such as `--input TEXT`. */
export interface Option {
  /** `optional` may have a value; `list` may be repeated. */
  readonly type: 'string' | 'boolean' | 'optional' | 'list';
  /** The placeholder for the value in the help, such as `TEXT`. */
  readonly value?: string;
  readonly description: string;
}

/** The values of a command's options: a text, `true` where an option has no value, or all texts of a list. */
export type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** A command of `statewright`. */
export interface Command {
  /** The call without its options: `statewright start [DIR|cdk.tf.json]`. */
  readonly usage: string;
  /** The description for the help, one sentence. */
  readonly description: string;
  readonly options: Readonly<Record<string, Option>>;
  /** The largest number of operands (default: 0). */
  readonly maxOperands?: number;
  /** The text after `--` in the help, such as `COMMAND [ARGS]`: the command takes any number of operands there. */
  readonly operands?: string;
  /** Paragraphs for the end of the help, such as examples. */
  readonly notes?: readonly string[];
  /** Runs the command and returns the exit code. */
  run(values: Values, operands: readonly string[]): Promise<number>;
}

/** The space that the description of an option needs, in columns. In a narrower terminal, it is not wrapped. */
const DESCRIPTION = 24;

/**
 * The help text of one command.
 * @param columns the width of the terminal (default: nothing is wrapped)
 */
export function helpText(
  { usage, description, options, operands, notes = [] }: Command,
  columns = Number.POSITIVE_INFINITY,
): string {
  const rows = Object.entries({ ...options, help: { description: 'Shows this text' } as Option }).map(
    ([name, { type, value, description }]) => {
      const shown = value && (type === 'optional' ? ` [${value}]` : ` ${value}`);
      return [
        `--${name}${shown ?? ''}`,
        `${description}${type === 'list' ? '; may be repeated' : ''}`,
      ] as const;
    },
  );
  const width = Math.max(...rows.map(([option]) => option.length));
  const space = columns - width - 4;
  const linesOf = ([option, text]: (typeof rows)[number]) =>
    wrap(text, space < DESCRIPTION ? Number.POSITIVE_INFINITY : space).map(
      (line, i) => `  ${(i === 0 ? option : '').padEnd(width)}  ${line}`,
    );
  return [
    ...wrap(description, columns),
    '',
    `  ${usage} [options]${operands === undefined ? '' : ` -- ${operands}`}`,
    '',
    ...rows.flatMap(linesOf),
    ...notes.flatMap((note) => ['', note]),
    '',
  ].join('\n');
}

/** The value of an option of the type `string`. */
export function textOf(value: Values[string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Options as they are written in a shell: `--definition order.json --input '{"id":1}'`. */
export function optionsText(values: Values): string {
  const words = Object.entries(values).flatMap(([name, value]) =>
    [value].flat().flatMap((each) => {
      if (typeof each === 'string') return [`--${name}`, quote(each)];
      return each === true ? [`--${name}`] : [];
    }),
  );
  return words.join(' ');
}

/** The values of an option of the type `list`. */
export function listOf(value: Values[string]): readonly string[] {
  return Array.isArray(value) ? value : [];
}
