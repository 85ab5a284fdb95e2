import { UserError } from '../user-error';
import { type Command, listOf } from './command';
import { printAnnotations } from './github-annotation';
import { callOf } from './invocation';
import { substitutions } from './machine';
import { createTerminal } from './terminal';
import { findFiles } from './validation/find-files';
import { renderAnnotations, renderFindings } from './validation/report';
import { type ValidatedFile, validateFiles } from './validation/validate-file';

/** Reports what Step Functions would report about state machines, before they are deployed. */
export const validate: Command = {
  usage: 'statewright validate FILE...|DIR',
  description:
    "Checks state machines with the diagnostics of AWS's ValidateStateMachineDefinition, and for likely mistakes, for CI.",
  maxOperands: Number.POSITIVE_INFINITY,
  options: {
    substitution: {
      type: 'list',
      value: 'NAME=VALUE',
      description: 'A value for a placeholder, or for a parameter of a template',
    },
    json: { type: 'boolean', description: 'Prints a JSON array with an object for each file' },
  },
  notes: [
    [
      'FILE is a definition (JSON or YAML), a CloudFormation or SAM template, what the AWS CDK synthesized, or a file of',
      'Terraform configuration. In a folder it finds *.asl.json, *.asl.yaml, *.asl.yml, states.json, templates with a state',
      'machine, and Terraform configuration; not in node_modules, hidden folders, cdktf.out, cdk.out, dist, build and coverage.',
    ].join('\n'),
    'The exit code is 1 when there is an error. In GitHub Actions it prints annotations as well.',
  ],
  async run(values, operands) {
    if (operands.length === 0) {
      throw new UserError(
        'The files to validate are missing.',
        `Add files or folders, such as: ${callOf('validate', '.')}`,
      );
    }
    const given = substitutions(listOf(values.substitution));
    const files = await validateFiles(findFiles(operands), given);
    const terminal = createTerminal();
    terminal.write(
      values.json ? `${JSON.stringify(files.map(forJson), null, 2)}\n` : renderFindings(files, terminal),
    );
    printAnnotations(renderAnnotations(files), { json: values.json === true });
    const isFaulty = files.some(({ diagnostics }) =>
      diagnostics.some(({ severity }) => severity === 'ERROR'),
    );
    return isFaulty ? 1 : 0;
  },
};

/** The documented fields of the JSON output. */
const forJson = ({ file, diagnostics }: ValidatedFile) => ({ file, diagnostics });
