import { parseArguments } from '../../src/cli/arguments';
import { type Command, helpText, optionsText } from '../../src/cli/command';

const command: Command = {
  usage: 'statewright draw [DIR]',
  description: 'Draws.',
  maxOperands: 1,
  options: {
    out: { type: 'string', value: 'FILE', description: 'Where to' },
    quiet: { type: 'boolean', description: 'Says nothing' },
    deploy: { type: 'optional', value: 'DIR', description: 'Deploys' },
    input: { type: 'list', value: 'JSON', description: 'The input' },
  },
  run: async () => 0,
};

test.each([
  ['', {}, []],
  ['--out a --quiet b', { out: 'a', quiet: true }, ['b']],
  ['--deploy', { deploy: true }, []],
  ['--deploy --quiet', { deploy: true, quiet: true }, []],
  ['--deploy folder', { deploy: 'folder' }, []],
  ['--deploy=folder', { deploy: 'folder' }, []],
  ['--input 1 --input 2', { input: ['1', '2'] }, []],
  ['-h', { help: true }, []],
])('reads %j', (line, values, operands) => {
  expect(parseArguments(command, line.split(' ').filter(Boolean))).toEqual({ values, operands });
});

test.each([
  ['--otu a', 'Unknown option --otu.', 'Did you mean --out?'],
  ['--out', 'Option --out needs a value.', 'See `statewright draw --help`.'],
  ['--quiet=yes', 'Option --quiet takes no value.', 'See `statewright draw --help`.'],
  ['a b', 'Unexpected argument "b".', 'See `statewright draw --help`.'],
])('refuses %j', (line, message, hint) => {
  expect(() => parseArguments(command, line.split(' '))).toThrow(expect.objectContaining({ message, hint }));
});

test('takes any number of operands after --, for a command that says so', () => {
  const exec = { ...command, operands: 'COMMAND' };
  delete (exec as { maxOperands?: number }).maxOperands;
  expect(parseArguments(exec, ['--quiet', '--', 'terraform', 'apply', '-auto-approve'])).toEqual({
    values: { quiet: true },
    operands: ['terraform', 'apply', '-auto-approve'],
  });
  expect(() => parseArguments(exec, ['early', '--', 'terraform'])).toThrow('Unexpected argument "early".');
  expect(helpText(exec)).toContain('statewright draw [DIR] [options] -- COMMAND\n');
});

test('the help shows each option with its value', () => {
  const help = helpText(command);
  expect(help).toContain('  --out FILE      Where to\n');
  expect(help).toContain('  --deploy [DIR]  Deploys\n');
  expect(help).toContain('  --input JSON    The input; may be repeated\n');
});

test('in a terminal, the help has no longer lines than that; each option stays in its column', () => {
  const options = {
    deploy: { type: 'string', value: 'DIR', description: 'Deploys the stack in this folder' },
  };
  const help = helpText({ ...command, options } as Command, 44);
  expect(help).toContain('  --deploy DIR  Deploys the stack in this\n                folder\n');
  expect(help).toContain('  --help        Shows this text\n');
  expect(helpText({ ...command, options } as Command, 30)).toContain('  Deploys the stack in this folder\n');
});

test('options are written as for a shell', () => {
  const values = {
    definition: 'my orders.yaml',
    substitution: ['Stage=prod', "Name=it's"],
    json: true,
    stack: undefined,
    input: '{"id":1}',
  };
  expect(optionsText(values)).toBe(
    `--definition 'my orders.yaml' --substitution 'Stage=prod' --substitution 'Name=it'\\''s' --json --input '{"id":1}'`,
  );
});
