import { AwsError } from '../aws-error';

/** Checks the characters in the name of a state machine, an execution or an activity (Step Functions API Reference, `name`). */
export function checkName(name: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the API forbids control characters by name
  if (/[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/.test(name)) {
    throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  }
}
