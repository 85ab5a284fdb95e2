import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import { didYouMean } from '../did-you-mean';
import { UserError } from '../user-error';

/** One option of a command, such as `--input TEXT`. */
export interface Option {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in the help, such as `TEXT`. */
  readonly value?: string;
  readonly description: string;
}

/** The values of a command's options: text for a string, true for a flag that was given. */
export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** A command behind an npm script. */
export interface Command {
  /** How it is called, such as `npm start`. */
  readonly usage: string;
  readonly description: string;
  readonly options: Readonly<Record<string, Option>>;
  /** Does the work and gives the exit code. */
  run(values: Values): Promise<number>;
}

/**
 * Reads a command's options; `--help` is known to all.
 *
 * @throws UserError for an option that is not there, lacks its value or has one too many
 */
export function parseOptions(command: Command, args: readonly string[]): Values {
  const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } };
  for (const [name, { type }] of Object.entries(command.options)) options[name] = { type };
  const { values, tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const seeHelp = `See \`${command.usage} -- --help\`.`;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      throw new UserError(`Unexpected argument "${token.value}".`, seeHelp);
    }
    if (token.kind !== 'option') continue;
    const option = options[token.name];
    if (!option)
      throw new UserError(
        `Unknown option ${token.rawName}.`,
        didYouMean(token.name, Object.keys(options), (each) => `--${each}`) ?? seeHelp,
      );
    if (option.type === 'string' && token.value === undefined) {
      throw new UserError(`Option ${token.rawName} needs a value.`, seeHelp);
    }
    if (option.type === 'boolean' && token.value !== undefined) {
      throw new UserError(`Option ${token.rawName} takes no value.`, seeHelp);
    }
  }
  return values as Values;
}

/** The help text of one command. */
export function helpText({ usage, description, options }: Command): string {
  const rows = Object.entries({ ...options, help: { description: 'Shows this text' } as Option }).map(
    ([name, { value, description }]) => [`--${name}${value ? ` ${value}` : ''}`, description] as const,
  );
  const width = Math.max(...rows.map(([option]) => option.length));
  return [
    description,
    '',
    `  ${usage}${rows.length > 1 ? ' -- [options]' : ''}`,
    '',
    ...rows.map(([option, text]) => `  ${option.padEnd(width)}  ${text}`),
    '',
  ].join('\n');
}
