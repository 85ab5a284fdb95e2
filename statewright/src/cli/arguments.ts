import { type ParseArgsConfig, parseArgs } from 'node:util';
import { didYouMean } from '../did-you-mean';
import { UserError } from '../user-error';
import type { Command, Option, Values } from './command';

/** What a command was called with. */
interface Arguments {
  readonly values: Values;
  /** The arguments that are not options, such as a folder. */
  readonly operands: readonly string[];
}

type Options = Readonly<Record<string, Option>>;
type Token = ReturnType<typeof parsedTokens>[number];
type OptionToken = Extract<Token, { readonly kind: 'option' }>;

/**
 * Reads a command's arguments; every command has `--help`, or `-h`.
 *
 * @throws UserError for an unknown option, a missing or unexpected value, and an unexpected operand
 */
export function parseArguments(command: Command, args: readonly string[]): Arguments {
  const options: Options = { ...command.options, help: { type: 'boolean', description: '' } };
  const tokens = tokensOf(options, args);
  const seeHelp = `See \`${nameOf(command)} --help\`.`;
  const values: Record<string, string | boolean | readonly string[]> = {};
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const value = optionValue(token, options, seeHelp);
    const earlier = values[token.name];
    const isList = options[token.name]?.type === 'list';
    values[token.name] = isList ? [...(Array.isArray(earlier) ? earlier : []), String(value)] : value;
  }
  const extra =
    command.operands === undefined ? operands[command.maxOperands ?? 0] : operandBeforeTerminator(tokens);
  if (extra !== undefined) throw new UserError(`Unexpected argument "${extra}".`, seeHelp);
  return { values, operands };
}

/** `parseArgs` has no optional values: the word after such an option, which it returns as an operand, is its value. */
function tokensOf(options: Options, args: readonly string[]): Token[] {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { type }]) => {
      const isText = type === 'string' || type === 'list';
      return [name, { type: isText ? 'string' : 'boolean', ...(name === 'help' && { short: 'h' }) } as const];
    }),
  );
  const joined: Token[] = [];
  for (const token of parsedTokens(config, args)) {
    const last = joined.at(-1);
    if (token.kind === 'positional' && last?.kind === 'option' && awaitsValue(last, options)) {
      joined[joined.length - 1] = { ...last, value: token.value, inlineValue: false };
    } else joined.push(token);
  }
  return joined;
}

const parsedTokens = (options: NonNullable<ParseArgsConfig['options']>, args: readonly string[]) =>
  parseArgs({ args: [...args], options, strict: false, tokens: true }).tokens;

const awaitsValue = ({ name, value }: OptionToken, options: Options): boolean =>
  value === undefined && Object.hasOwn(options, name) && options[name]?.type === 'optional';

/** @throws UserError for an unknown option, and for a value that is missing or unexpected */
function optionValue(
  { name, rawName, value }: OptionToken,
  options: Options,
  seeHelp: string,
): string | true {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) {
    const meant = didYouMean(name, Object.keys(options), (near) => `--${near}`);
    throw new UserError(`Unknown option ${rawName}.`, meant ?? seeHelp);
  }
  if ((option.type === 'string' || option.type === 'list') && value === undefined) {
    throw new UserError(`Option ${rawName} needs a value.`, seeHelp);
  }
  if (option.type === 'boolean' && value !== undefined) {
    throw new UserError(`Option ${rawName} takes no value.`, seeHelp);
  }
  return value ?? true;
}

function operandBeforeTerminator(tokens: readonly Token[]): string | undefined {
  const first = tokens.find(({ kind }) => kind === 'positional' || kind === 'option-terminator');
  return first?.kind === 'positional' ? first.value : undefined;
}

/** `statewright start` of `statewright start [DIR]`. */
const nameOf = ({ usage }: Command) => usage.split(' ').slice(0, 2).join(' ');
