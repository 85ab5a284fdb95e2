/**
 * Reads state machines from files: definitions in JSON and YAML, CloudFormation and SAM templates, and templates of
 * the AWS CDK. Nothing is deployed: values that only a deployment knows are fictitious, and reported.
 */
import { didYouMeanOneOf } from '../did-you-mean';
import { UserError } from '../user-error';
import { readUserFile } from '../user-file';
import { machinesOf, namesIn } from './cloudformation/machines';
import { isTemplate } from './cloudformation/template';
import { definitionIn, type FoundDefinition, nameOfFile, type Substitutions, stateIn } from './definition';
import { checkNames, placeholderNames } from './placeholders';
import { parseSource, SourceError } from './source-text';

export { NotLocalError, TemplateError } from './cloudformation/machine-reader';
export type { FoundDefinition, Substitutions } from './definition';
export { fillPlaceholders } from './placeholders';
export { type Position, SourceError } from './source-text';
export { typedDefinition } from './typed-definition';

/** A state machine of a file, which is not read yet. */
export interface MachineInFile {
  readonly name: string;
  /** Its id in a template. */
  readonly logicalId?: string;
  /** @throws UserError when its definition cannot be read */
  read(): FoundDefinition;
}

/**
 * The state machines of a file: one for a definition, any number for a template.
 *
 * @param values for `${name}` in definitions and parameters of templates
 * @throws UserError when the file cannot be read, has no state machine, or has no placeholder for a value
 */
export function machinesInFile(file: string, values: Substitutions = {}): readonly MachineInFile[] {
  return machinesInText(readUserFile(file), file, values);
}

/** The state machines of a text. @param file its name: for errors, and to tell JSON from YAML */
export function machinesInText(
  text: string,
  file: string,
  values: Substitutions = {},
): readonly MachineInFile[] {
  const value = parsedTemplate(text, file);
  if (value === undefined) {
    checkNames(Object.keys(values), placeholderNames(text), file);
    const name = nameOfFile(file);
    return [{ name, read: () => ({ file, name, type: 'STANDARD', ...definitionIn(text, file, values) }) }];
  }
  const template = { file, text, value };
  const machines = machinesOf(template, values);
  if (machines.length === 0) {
    throw new UserError(
      `The template ${file} has no state machine.`,
      'It needs a resource of the type AWS::StepFunctions::StateMachine or AWS::Serverless::StateMachine.',
    );
  }
  if (Object.keys(values).length > 0) checkNames(Object.keys(values), namesIn(template), file);
  return machines;
}

/** The state of a file that has one state alone; undefined for any other file. @throws UserError */
export function stateInFile(file: string, values: Substitutions = {}): FoundState | undefined {
  return stateInText(readUserFile(file), file, values);
}

type FoundState = Pick<FoundDefinition, 'definition' | 'notices'>;

/** The state of a text that has one state alone. @param file its name: for errors, and to tell JSON from YAML */
export function stateInText(text: string, file: string, values: Substitutions = {}): FoundState | undefined {
  return parsedTemplate(text, file) === undefined ? stateIn(text, file, values) : undefined;
}

/** The definition in a text in JSON or YAML. @param file its name: for errors, and to tell JSON from YAML */
export const definitionInText = (text: string, file: string): object =>
  definitionIn(text, file, {}).definition;

/**
 * One state machine of a file.
 * @param wanted its name, or its logical id in a template
 * @param hint how to choose one
 */
export function machineInFile(
  file: string,
  values: Substitutions = {},
  wanted?: string,
  hint = 'Choose one: --state-machine NAME',
): FoundDefinition {
  const machines = machinesInFile(file, values);
  const [only, ...more] = machines;
  if (wanted === undefined && more.length === 0) return (only as MachineInFile).read();
  const names = machines.map(({ name }) => name);
  if (wanted === undefined) {
    throw new UserError(`${file} has ${machines.length} state machines: ${names.join(', ')}.`, hint);
  }
  const found = machines.find(({ name, logicalId }) => name === wanted || logicalId === wanted);
  if (found) return found.read();
  throw new UserError(`${file} has no state machine "${wanted}".`, didYouMeanOneOf(wanted, names));
}

/** Whether a text is a template. @param file its name: to tell JSON from YAML */
export const isTemplateText = (text: string, file: string): boolean =>
  parsedTemplate(text, file) !== undefined;

/** The same, also for a text that is not valid JSON or YAML, but names resources. */
export function isMeantAsTemplate(text: string, file: string): boolean {
  if (!RESOURCES.test(text)) return false;
  try {
    return isTemplate(parseSource(text, file));
  } catch (error) {
    if (error instanceof SourceError) return true;
    throw error;
  }
}

const RESOURCES = /["']?Resources["']?\s*:/;

/** The value of a template; undefined for a definition, whose placeholders may make the text invalid. */
function parsedTemplate(text: string, file: string): unknown {
  if (!RESOURCES.test(text)) return undefined;
  try {
    const value = parseSource(text, file);
    return isTemplate(value) ? value : undefined;
  } catch (error) {
    // Reading it as a definition reports the same error, after placeholders are filled in.
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}
