import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { dirname, join } from 'node:path';
import { OWNER_SECRET } from '../local-aws/credential';
import { UserError } from '../user-error';
import { privateFolders } from './access-key';

/** The variables with the user's AWS configuration files, `~/.aws/config` and `~/.aws/credentials` by default. */
export interface AwsFiles {
  readonly AWS_CONFIG_FILE: string;
  readonly AWS_SHARED_CREDENTIALS_FILE: string;
}

/** No files: those of the user are hidden. */
export const noAwsFiles: AwsFiles = { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull };

/** A local AWS, for which the files are. */
interface LocalAddress {
  readonly url: string;
  readonly accessKeyId: string;
}

/**
 * The files of the local AWS on a port, which hide those of the user: `[default]` and profiles that all have its access key.
 * Profiles that were named before stay, for shells that use them.
 *
 * @param profiles their names
 * @throws UserError for a name that no profile can have
 */
export function awsFiles(address: LocalAddress, profiles: Iterable<string>): AwsFiles {
  const named = [...profiles];
  for (const name of named) checkName(name);
  for (const folder of privateFolders()) {
    const files = filesOf(folder, portOf(address));
    try {
      writeFiles(files, address, named);
      return files;
    } catch {
      // A folder that cannot be written.
    }
  }
  return noAwsFiles;
}

/** Deletes the files of a port that no later server will have by intention. */
export function deleteAwsFiles(port: number): void {
  for (const folder of privateFolders()) {
    for (const file of Object.values(filesOf(folder, String(port)))) rmSync(file, { force: true });
  }
}

/** Adds profiles to the files that the exports of this shell name, if they are those of the local AWS. */
export function addProfiles(env: NodeJS.ProcessEnv, profiles: Iterable<string>): void {
  const {
    AWS_CONFIG_FILE: config = '',
    AWS_ENDPOINT_URL: url = '',
    AWS_ACCESS_KEY_ID: accessKeyId = '',
  } = env;
  if (!isAwsFile(config)) return;
  const address = { url, accessKeyId };
  const named = [...profiles];
  for (const name of named) checkName(name);
  writeFiles(filesOf(dirname(config), portOf(address)), address, named);
}

/** Whether a file is one that `awsFiles` writes. */
export const isAwsFile = (file: string): boolean =>
  /^aws-(?:config|credentials)-\d+$/.test(file.slice(dirname(file).length + 1)) &&
  privateFolders().includes(dirname(file));

const portOf = ({ url }: LocalAddress): string => new URL(url).port;

function filesOf(folder: string, port: string): AwsFiles {
  return {
    AWS_CONFIG_FILE: join(folder, `aws-config-${port}`),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, `aws-credentials-${port}`),
  };
}

function writeFiles(files: AwsFiles, { url, accessKeyId }: LocalAddress, profiles: Iterable<string>): void {
  const before = [...read(files.AWS_CONFIG_FILE).matchAll(/^\[profile (.+)\]$/gm)].map(
    ([, name]) => name as string,
  );
  const names = [...new Set([...before, ...profiles])].filter((name) => name !== 'default').sort();
  const sections = (head: (name: string) => string, settings: string) =>
    ['default', ...names]
      .map((name) => `[${name === 'default' ? name : head(name)}]\n${settings}\n`)
      .join('\n');
  write(
    files.AWS_CONFIG_FILE,
    sections((name) => `profile ${name}`, `endpoint_url = ${url}`),
  );
  write(
    files.AWS_SHARED_CREDENTIALS_FILE,
    sections((name) => name, `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${OWNER_SECRET}`),
  );
}

function checkName(name: string): void {
  if (/^[\w.:@+/-]+$/.test(name)) return;
  throw new UserError(
    `"${name}" cannot be the name of a profile.`,
    'Use a name of letters, digits and the characters . : @ + / - _',
  );
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Whole or not at all: another shell may read it. */
function write(file: string, text: string): void {
  if (read(file) === text) return;
  const complete = `${file}.${process.pid}`;
  writeFileSync(complete, text, { mode: 0o600 });
  renameSync(complete, file);
}
