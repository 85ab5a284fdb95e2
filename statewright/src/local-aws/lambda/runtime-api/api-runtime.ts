import type { EnvironmentSpec } from '../execution-environment';

/** Where parts of runtimes are that cannot be found on the PATH. */
export interface RuntimeFolders {
  /** The jars of AWS's runtime interface client for Java (default: those of the local Maven repository). */
  readonly javaRuntime?: string;
}

/** A way to run functions whose process asks for its invocations at the Runtime API. */
export interface ApiRuntime {
  /** Its name and version, as INIT_START names them: such as `python:3.13.1`. */
  readonly version: string;
  /** @throws InvalidEntrypoint when the package has nothing to start */
  launch(spec: EnvironmentSpec): Launch;
}

/** How a function is started. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** In addition to those of the function. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The function's program cannot be started; the message is that of Runtime.InvalidEntrypoint. */
export class InvalidEntrypoint extends Error {}

/** The functions of a runtime cannot run on this machine. */
export class UnavailableRuntime extends Error {}

/** @param commands what was looked for @param hint what to do */
export const programNotFound = (identifier: string, commands: readonly string[], hint: string) =>
  new UnavailableRuntime(
    `The runtime ${identifier} needs a program that was not found: ${commands.join(' or ')}. ${hint}`,
  );
