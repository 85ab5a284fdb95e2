import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import { didYouMean } from '../did-you-mean';
import { UserError } from '../user-error';
import { quote } from './shell';

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

/** What a command was called with. */
interface Arguments {
  readonly values: Values;
  /** The arguments that are not options, such as a folder. */
  readonly operands: readonly string[];
}

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

const SHORT: Readonly<Record<string, string>> = { help: 'h' };

/**
 * Reads a command's arguments; every command has `--help`.
 *
 * @throws UserError for an unknown option, a missing or unexpected value, and an unexpected operand
 */
export function parseArguments(command: Command, args: readonly string[]): Arguments {
  const options: Readonly<Record<string, Option>> = {
    ...command.options,
    help: { type: 'boolean', description: '' },
  };
  const config: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, { type }] of Object.entries(options)) {
    const short = SHORT[name];
    config[name] = {
      type: type === 'string' || type === 'list' ? 'string' : 'boolean',
      ...(short && { short }),
    };
  }
  const { tokens } = parseArgs({ args: [...args], options: config, strict: false, tokens: true });
  const seeHelp = `See \`${nameOf(command)} --help\`.`;
  const values: Record<string, string | boolean | string[]> = {};
  const operands: string[] = [];
  const isValue = new Set<number>();
  for (const token of tokens) {
    if (token.kind === 'positional' && !isValue.has(token.index)) operands.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option) {
      const meant = didYouMean(name, Object.keys(options), (near) => `--${near}`);
      throw new UserError(`Unknown option ${rawName}.`, meant ?? seeHelp);
    }
    let { value } = token;
    if (option.type === 'optional' && value === undefined) {
      const next = tokens.find((each) => each.kind === 'positional' && each.index === token.index + 1);
      if (next?.kind === 'positional') {
        value = next.value;
        isValue.add(next.index);
      }
    }
    if ((option.type === 'string' || option.type === 'list') && value === undefined) {
      throw new UserError(`Option ${rawName} needs a value.`, seeHelp);
    }
    if (option.type === 'boolean' && value !== undefined) {
      throw new UserError(`Option ${rawName} takes no value.`, seeHelp);
    }
    if (option.type === 'list')
      values[name] = [...((values[name] as string[] | undefined) ?? []), value as string];
    else values[name] = value ?? true;
  }
  const end = tokens.find(({ kind }) => kind === 'option-terminator')?.index ?? args.length;
  const early = tokens.find((token) => token.kind === 'positional' && token.index < end);
  const extra =
    command.operands === undefined ? operands[command.maxOperands ?? 0] : early && args[early.index];
  if (extra !== undefined) throw new UserError(`Unexpected argument "${extra}".`, seeHelp);
  return { values, operands };
}

/** `statewright start` of `statewright start [DIR]`. */
const nameOf = ({ usage }: Command) => usage.split(' ').slice(0, 2).join(' ');

/** The help text of one command. */
export function helpText({ usage, description, options, operands, notes = [] }: Command): string {
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
  return [
    description,
    '',
    `  ${usage} [options]${operands === undefined ? '' : ` -- ${operands}`}`,
    '',
    ...rows.map(([option, text]) => `  ${option.padEnd(width)}  ${text}`),
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
