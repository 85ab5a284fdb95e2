import { resolve } from 'node:path';

/** A command line of Terraform. */
export interface CommandLine {
  /** The folder of the configuration: the current one, or that of `-chdir`. */
  readonly folder: string;
  /** The subcommand, such as `apply`, if the command line has one. */
  readonly subcommand: string | undefined;
  /** The arguments up to the subcommand, which is the last of them. */
  readonly head: readonly string[];
  /** The arguments after the subcommand. */
  readonly rest: readonly string[];
  /** The arguments that `TF_CLI_ARGS` and `TF_CLI_ARGS_…` insert between the two. */
  readonly inserted: readonly string[];
}

/** Reads a command line as Terraform does (Terraform documentation, "CLI Commands" and "Environment Variables"). */
export function readCommandLine(args: readonly string[], env: NodeJS.ProcessEnv): CommandLine {
  const at = args.findIndex((arg) => arg !== '' && !arg.startsWith('-'));
  const head = at < 0 ? args : args.slice(0, at + 1);
  const subcommand = at < 0 ? undefined : args[at];
  const rest = at < 0 ? [] : args.slice(at + 1);
  const chdir = head.findLast((arg) => /^--?chdir=/.test(arg))?.replace(/^--?chdir=/, '');
  // `terraform state list` has TF_CLI_ARGS_state_list, with the words of the subcommand that are not options.
  const firstOption = rest.findIndex((arg) => arg.startsWith('-'));
  const words = [subcommand ?? '', ...(firstOption < 0 ? rest : rest.slice(0, firstOption))];
  const names = words.map(
    (_, index) =>
      `TF_CLI_ARGS_${words
        .slice(0, index + 1)
        .join('_')
        .replaceAll('-', '_')}`,
  );
  return {
    folder: resolve(chdir ?? '.'),
    subcommand,
    head,
    rest,
    // Terraform inserts TF_CLI_ARGS first, and the others before it.
    inserted: [...names, 'TF_CLI_ARGS'].flatMap((name) => splitWords(env[name] ?? '')),
  };
}

/** The arguments of the subcommand in Terraform's order: the inserted ones first. */
export const argumentsOf = ({ inserted, rest }: CommandLine): string[] => [...inserted, ...rest];

/** Whether the command line asks for help: Terraform then does nothing else. */
export function asksForHelp({ head, inserted, rest }: CommandLine): boolean {
  const given = [...head, ...(inserted.includes('--') ? [] : rest)];
  const end = given.indexOf('--');
  return given.slice(0, end < 0 ? given.length : end).some((arg) => ['-h', '-help', '--help'].includes(arg));
}

/** The arguments that are not options. The value of an option can be among them. */
export function operands(command: CommandLine): string[] {
  const given = argumentsOf(command);
  const end = given.indexOf('--');
  return given.filter((arg, index) => (end >= 0 && index > end) || !arg.startsWith('-'));
}

/** Splits a text into words as a shell does, with its quotes and backslashes. */
function splitWords(text: string): string[] {
  const words = text.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs) ?? [];
  return words.map((word) =>
    word.replace(
      /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs,
      (_, escaped, double, single) => escaped ?? double?.replace(/\\(.)/gs, '$1') ?? single ?? '',
    ),
  );
}

/** The values of an option, written `-name=value`, `-name value` or with two dashes. */
export function optionValues(args: readonly string[], name: string): string[] {
  return args.flatMap((arg, index) => {
    if (arg === `-${name}` || arg === `--${name}`) return [args[index + 1] ?? ''];
    const value = /^--?([\w-]+)=(.*)$/s.exec(arg);
    return value?.[1] === name ? [value[2] ?? ''] : [];
  });
}

/** Whether a flag is among the arguments; `-flag=false` is not. */
export const hasFlag = (args: readonly string[], name: string): boolean =>
  args.some((arg) => {
    const flag = /^--?([\w-]+)(?:=(.*))?$/s.exec(arg);
    return flag?.[1] === name && flag[2] !== 'false';
  });
