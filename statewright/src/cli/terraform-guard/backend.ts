import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Expression } from '../../terraform/expression';
import { UserError } from '../../user-error';
import { isNull, plainText } from './body';
import { argumentsOf, type CommandLine, optionValues } from './command-line';
import { type Configuration, readFile } from './configuration';
import { dataDirectory } from './data-folder';
import { misleadingArguments } from './s3-backend';

/** A backend's arguments. */
export type Settings = ReadonlyMap<string, Expression>;

/** The arguments of a backend's block, and with `init` those that `-backend-config` adds. */
export function backendSettings(backend: Configuration['backend'], command: CommandLine): Settings {
  const settings = new Map(backend?.body.attributes);
  if (backend === undefined || command.subcommand !== 'init') return settings;
  for (const given of optionValues(argumentsOf(command), 'backend-config')) {
    const at = given.indexOf('=');
    if (at >= 0) settings.set(given.slice(0, at), { kind: 'literal', value: given.slice(at + 1) });
    else {
      const { attributes } = readFile(resolve(command.folder, given));
      for (const [name, value] of attributes) settings.set(name, value);
    }
  }
  return settings;
}

/**
 * Where a configuration has its workspaces, and where local deployments have theirs. A `local` backend gets another
 * directory: Terraform offers to copy what it finds in its own one, when the user initializes the real backend.
 */
export function workspaceDirectories(backend: Configuration['backend'], settings: Settings) {
  const own = plainText(settings.get('workspace_dir')) || 'terraform.tfstate.d';
  return { own, local: backend ? localWorkspaces : own };
}

/** The directory of workspaces for a `local` backend. */
export const localWorkspaces = `${dataDirectory}/workspaces`;

/** @throws UserError for an expression, which OpenTofu allows in a backend */
export function textOf(settings: Settings, name: string): string | undefined {
  const value = settings.get(name);
  if (value === undefined || isNull(value)) return undefined;
  const text = plainText(value);
  if (text !== undefined) return text || undefined;
  throw new UserError(
    `The location of the state is not known: the backend's ${name} is an expression.`,
    'Write it as a string.',
  );
}

/** The backend that a data folder was initialized with, as Terraform records it there. */
export interface SavedBackend {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

export const savedBackendFile = (data: string): string => join(data, 'terraform.tfstate');

export function savedBackend(data: string): SavedBackend | undefined {
  try {
    return JSON.parse(readFileSync(savedBackendFile(data), 'utf8')).backend;
  } catch {
    return undefined;
  }
}

/** @throws UserError when the folder was initialized without the guard, with settings that bypass the local AWS */
export function checkSavedBackend(data: string): void {
  const given = Object.entries(savedBackend(data)?.config ?? {}).filter(
    ([, value]) => value !== null && value !== '',
  );
  const leads = misleadingArguments(given.map(([name]) => name));
  if (leads.length === 0) return;
  throw new UserError(
    `${data} was initialized with ${leads.join(', ')}, which would bypass the local AWS.`,
    'Delete that folder, and run terraform init.',
  );
}
