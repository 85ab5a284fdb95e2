import { readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { unzipSync } from 'fflate';
import {
  type ApiRuntime,
  InvalidEntrypoint,
  programNotFound,
  type RuntimeFolders,
  UnavailableRuntime,
} from './api-runtime';
import { clientIn, clientInMaven, FETCH_COMMAND } from './java-client';
import { warnOfOtherVersion } from './other-version';
import { firstProgram, type Program } from './probe';

const MAIN_CLASS = 'com.amazonaws.services.lambda.runtime.api.client.AWSLambda';
/** The system property for the path of the client's native library. */
const LIBRARY = 'com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI';
/** The share of a function's memory for its objects: without a limit, the process would be killed instead. */
const HEAP_SHARE = 0.85;

const probe = {
  args: ['-XshowSettings:properties', '-version'],
  read(output: string): Program | undefined {
    const property = (name: string) => new RegExp(`^\\s*${name} = (.+)$`, 'm').exec(output)?.[1]?.trim();
    const [home, version] = [property('java\\.home'), property('java\\.version')];
    if (home === undefined || version === undefined) return undefined;
    return { path: join(home, 'bin', 'java'), version };
  },
};

/**
 * Java functions are run by the Java of JAVA_HOME or of the PATH, with AWS's runtime interface client.
 * @throws UnavailableRuntime when one of them is not found
 */
export async function javaRuntime(identifier: string, { javaRuntime }: RuntimeFolders): Promise<ApiRuntime> {
  const home = process.env.JAVA_HOME;
  const commands = [...(home ? [join(home, 'bin', 'java')] : []), 'java'];
  const program = await firstProgram(commands, probe);
  if (program === undefined) {
    throw programNotFound(identifier, commands, 'Install a JDK or a JRE, or set JAVA_HOME to where it is.');
  }
  const jars = javaRuntime === undefined ? clientInMaven() : clientIn(javaRuntime);
  const [client] = jars ?? [];
  if (jars === undefined || client === undefined) {
    const place = javaRuntime ?? 'the local Maven repository';
    throw new UnavailableRuntime(
      `The runtime ${identifier} needs AWS's runtime interface client for Java, which is not in ${place}. Fetch it: ${FETCH_COMMAND}`,
    );
  }
  const major = Number(/^(?:1\.)?(\d+)/.exec(program.version)?.[1]);
  warnOfOtherVersion(identifier, `java${major}`, 'Java');
  return {
    version: `java:${program.version}`,
    launch: ({ handler, layers, memorySize, temporary, variables }) => ({
      command: program.path,
      args: [
        `-Xmx${Math.floor(memorySize * HEAP_SHARE)}m`,
        // As on AWS: they are right for a small heap and a short life.
        '-XX:+UseSerialGC',
        '-XX:TieredStopAtLevel=1',
        '-Xshare:auto',
        // Without it the client cannot open the file for the log, and says nothing. Java 8 does not know it.
        ...(major > 8 ? ['--add-opens=java.base/java.io=ALL-UNNAMED'] : []),
        ...['file', 'stdout', 'stderr'].map((name) => `-D${name}.encoding=UTF-8`),
        `-Djava.io.tmpdir=${variables.TMPDIR ?? temporary}`,
        // By default every process unpacks it to the same place.
        `-D${LIBRARY}=${unpackLibrary(client, temporary)}`,
        '-cp',
        // The client itself looks for those of layers in /opt.
        [...jars, ...(layers === undefined ? [] : [join(layers, 'java', 'lib', '*')])].join(delimiter),
        MAIN_CLASS,
        handler,
      ],
    }),
  };
}

/** The client's native libraries, by the jar. */
const libraries = new Map<string, Uint8Array>();

/** @returns the path of the client's native library */
function unpackLibrary(client: string, folder: string): string {
  const name = libraryName();
  const library =
    libraries.get(client) ?? unzipSync(readFileSync(client), { filter: (e) => e.name === name })[name];
  if (library === undefined) {
    throw new InvalidEntrypoint(
      `AWS's runtime interface client for Java has no library for ${process.platform} on ${process.arch}: Java functions run on Linux only.`,
    );
  }
  libraries.set(client, library);
  const path = join(folder, basename(name));
  writeFileSync(path, library);
  return path;
}

function libraryName(): string {
  const header = (process.report.getReport() as { header: { glibcVersionRuntime?: string } }).header;
  const system = header.glibcVersionRuntime === undefined ? `${process.platform}_musl` : process.platform;
  return `jni/libaws-lambda-jni.${system}-${process.arch === 'arm64' ? 'aarch_64' : 'x86_64'}.so`;
}
