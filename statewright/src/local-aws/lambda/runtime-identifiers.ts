import { invalidParameter } from './errors';

/** Lambda Developer Guide, "Supported runtimes"; and the next one of each language. */
const SUPPORTED = [
  ...['nodejs20.x', 'nodejs22.x', 'nodejs24.x', 'nodejs26.x'],
  ...['python3.10', 'python3.11', 'python3.12', 'python3.13', 'python3.14', 'python3.15'],
  ...['java8.al2', 'java11', 'java17', 'java21', 'java25'],
  ...['dotnet8', 'dotnet10', 'ruby3.3', 'ruby3.4', 'ruby4.0', 'provided.al2', 'provided.al2023'],
];

/** Lambda Developer Guide, "Deprecated runtimes": AWS no longer creates functions in them. */
const DEPRECATED = [
  ...['nodejs', 'nodejs4.3', 'nodejs4.3-edge', 'nodejs6.10', 'nodejs8.10', 'nodejs10.x', 'nodejs12.x'],
  ...['nodejs14.x', 'nodejs16.x', 'nodejs18.x'],
  ...['python2.7', 'python3.6', 'python3.7', 'python3.8', 'python3.9'],
  ...['java8', 'go1.x', 'provided', 'ruby2.5', 'ruby2.7', 'ruby3.2'],
  ...['dotnetcore1.0', 'dotnetcore2.0', 'dotnetcore2.1', 'dotnetcore3.1', 'dotnet6'],
];

/** @throws AwsError InvalidParameterValueException for a runtime that AWS never had */
export function checkRuntimeIdentifier(runtime: string): void {
  if (SUPPORTED.includes(runtime) || DEPRECATED.includes(runtime)) return;
  throw invalidParameter(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${SUPPORTED.join(', ')}] or be a valid ARN`,
  );
}

const warned = new Set<string>();

/** Warns once of a runtime in which AWS no longer creates functions. They run here. */
export function warnIfDeprecated(runtime: string): void {
  if (!DEPRECATED.includes(runtime) || warned.has(runtime)) return;
  warned.add(runtime);
  process.emitWarning(
    `The runtime ${runtime} is deprecated: its functions run here, but AWS refuses to create them.`,
  );
}
