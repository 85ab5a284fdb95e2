import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

const GROUP = 'com.amazonaws';
const CLIENT = 'aws-lambda-java-runtime-interface-client';

/** Fetches the client and what it needs into the local Maven repository. */
export const FETCH_COMMAND = `mvn dependency:get -Dartifact=${GROUP}:${CLIENT}:2.10.1`;

/** The local Maven repository. */
const repository = () => join(homedir(), '.m2', 'repository');

interface Artifact {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
}

/** The jars of the newest runtime interface client that the local Maven repository has complete, the client's first. */
export function clientInMaven(): string[] | undefined {
  const versions = join(repository(), ...GROUP.split('.'), CLIENT);
  if (!existsSync(versions)) return undefined;
  const newestFirst = readdirSync(versions).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return newestFirst
    .map((version) => jarsOf({ groupId: GROUP, artifactId: CLIENT, version }))
    .find((jars) => jars.every((jar) => existsSync(jar)));
}

/** The jars in a folder, the client's first; undefined when it has no client. */
export function clientIn(folder: string): string[] | undefined {
  const jars = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jar')) : [];
  const client = jars.find((name) => name.startsWith(`${CLIENT}-`));
  if (client === undefined) return undefined;
  return [client, ...jars.filter((name) => name !== client)].map((name) => join(folder, name));
}

/** The jars of the client and of what it needs, which names all of its versions itself. */
function jarsOf(client: Artifact): string[] {
  const pom = `${pathOf(client)}.pom`;
  const needs = existsSync(pom) ? dependenciesIn(readFileSync(pom, 'utf8')) : [];
  return [client, ...needs].map((artifact) => `${pathOf(artifact)}.jar`);
}

const pathOf = ({ groupId, artifactId, version }: Artifact) =>
  join(repository(), ...groupId.split('.'), artifactId, version, `${artifactId}-${version}`);

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'dependency' });

function dependenciesIn(pom: string): Artifact[] {
  const dependencies: (Artifact & { readonly scope?: string })[] =
    parser.parse(pom).project?.dependencies?.dependency ?? [];
  return dependencies.filter(({ scope = 'compile' }) => scope === 'compile' || scope === 'runtime');
}
