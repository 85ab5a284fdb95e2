import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { objectOf } from '../asl/graph';
import { invalidJson } from '../json-fault';
import { UserError } from '../user-error';
import { readUserFile } from '../user-file';

/** A stack that was synthesized. */
export interface SynthesizedStack {
  readonly name: string;
  /** The folder with its cdk.tf.json. */
  readonly folder: string;
  /** The template that it was made of. */
  readonly source?: string;
  /** The name of a template's stack, if an option sets it. */
  readonly stackName?: string | undefined;
  /** The account that it can be deployed to, if its ARNs name one. */
  readonly accountId?: string;
  /** What the user has to know of it: whole sentences. */
  readonly notices?: readonly string[];
}

/** Where stacks are: in a synthesized folder, or in a project that is synthesized first. */
export interface StackPlace {
  /** The file of a template. */
  readonly template?: string;
  /** The name of the step that synthesizes the project; undefined for a stack that exists already. */
  readonly label?: string;
  /** @throws UserError when no stack is found, or several and no name */
  find(): Promise<SynthesizedStack>;
}

/**
 * Runs the `app` of a project's cdktf.json, as the CLIs of CDKTF and CDKTN do, and returns the stacks that it wrote. The
 * output folder is `CDKTF_OUTDIR`, or `output` of cdktf.json, or `cdktf.out`.
 *
 * @throws UserError when cdktf.json cannot be used, or the app fails; the message is what the app printed
 */
export async function synthesizeProject(project: string): Promise<readonly SynthesizedStack[]> {
  const { app, output, context } = readSettings(join(project, 'cdktf.json'));
  const folder = resolve(project, process.env.CDKTF_OUTDIR ?? output);
  checkWritable(folder);
  const child = spawn(app, {
    cwd: project,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CDKTF_OUTDIR: folder,
      CDKTF_CONTEXT_JSON: JSON.stringify(context),
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk;
  });
  const [exitCode, signal] = await once(child, 'close');
  if (exitCode !== 0) {
    const printed = withoutInternals(stderr.trim() || stdout.trim(), project);
    throw new UserError(
      printed || `"${app}" (the app of cdktf.json) ended with ${signal ?? `exit code ${exitCode}`}.`,
    );
  }
  return readManifest(folder, app);
}

/** Where a project is synthesized to. What cannot be read is reported by the synthesis. */
export function outputFolder(project: string): string {
  try {
    return resolve(project, process.env.CDKTF_OUTDIR ?? readSettings(join(project, 'cdktf.json')).output);
  } catch {
    return join(project, 'cdktf.out');
  }
}

/**
 * The output of an app that failed, without what Node adds: the line of source that threw, the stack frames outside of
 * the project, and the error's properties.
 */
function withoutInternals(printed: string, project: string): string {
  return printed
    .replace(/^(?:\/|[A-Z]:\\|file:|node:)\S*:\d+\n(?:.*\n)*?\s*\^+\n\s*\n?/, '')
    .split('\n')
    .filter((line) => !/^\s+at /.test(line) || (line.includes(project) && !line.includes('node_modules')))
    .filter((line) => !/^Node\.js v\d|^\(Use `node --trace|^\s+(?:errno|code|syscall|path): |^\}$/.test(line))
    .map((line) => (/^\s+at /.test(line) ? line.replaceAll(`${project}/`, '').replace(/ \{$/, '') : line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** @throws UserError when the app could not write there, which it would report with a stack trace */
function checkWritable(folder: string): void {
  const existing = existsSync(folder) ? folder : dirname(folder);
  try {
    accessSync(existing, constants.W_OK);
  } catch (error) {
    throw new UserError(
      `The project cannot be synthesized: ${(error as Error).message}`,
      'Choose a folder that can be written to: CDKTF_OUTDIR=FOLDER',
    );
  }
}

function readManifest(folder: string, app: string): SynthesizedStack[] {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) {
    throw new UserError(
      `"${app}" (the app of cdktf.json) wrote no stack to ${relative(process.cwd(), folder) || folder}.`,
      'Does it end with app.synth(), and write to the folder that CDKTF_OUTDIR names?',
    );
  }
  const { stacks } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  return Object.values(stacks).map(({ name, workingDirectory }) => ({
    name,
    folder: join(folder, workingDirectory),
  }));
}

interface Settings {
  readonly app: string;
  readonly output: string;
  readonly context: object;
}

/** The manifest that CDKTF writes for the stacks of an app. */
interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly name: string; readonly workingDirectory: string }>>;
}

function readSettings(file: string): Settings {
  let text: string;
  try {
    text = readUserFile(file);
  } catch (error) {
    throw new UserError((error as UserError).message, 'Run the command in a CDKTF project.');
  }
  const problem = invalidJson('cdktf.json', text);
  if (problem) throw new UserError(problem);
  const { app, output, context } = objectOf(JSON.parse(text)) ?? {};
  if (typeof app !== 'string') {
    throw new UserError(
      'cdktf.json has no "app": the command that synthesizes the project.',
      'For example: "app": "npx ts-node main.ts"',
    );
  }
  return { app, output: typeof output === 'string' ? output : 'cdktf.out', context: objectOf(context) ?? {} };
}
