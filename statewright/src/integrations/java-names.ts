/**
 * Step Functions is written with the AWS SDK for Java, and its names of members and exceptions are those of that SDK
 * (Step Functions Developer Guide, "Learning to use AWS service SDK integrations": names are in PascalCase).
 */

/** `DBInstances` as `DbInstances`, `ETag` unchanged, `taskArn` as `TaskArn`: only the first letter of a word is a capital. */
export function javaName(name: string): string {
  // The SDK for Java avoids a word of the language.
  if (name === 'NULL') return 'Nul';
  const words = name.replace(
    /[A-Z]{2,}\d*(?![a-z])|[A-Z]{2,}(?=[A-Z][a-z])/g,
    (run) => run.charAt(0) + run.slice(1).toLowerCase(),
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `QueueDoesNotExist` as `QueueDoesNotExistException`: the class of the exception. */
export const exceptionName = (name: string): string =>
  name.endsWith('Exception') ? name : `${name}Exception`;
