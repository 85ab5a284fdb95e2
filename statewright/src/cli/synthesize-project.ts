import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { invalidJson } from '../json-fault';
import { UserError } from '../user-error';

/** A stack that was synthesized. */
export interface SynthesizedStack {
  readonly name: string;
  /** The folder that holds its cdk.tf.json. */
  readonly folder: string;
}

/**
 * Runs the `app` of a project's cdktf.json, as the CDKTF CLI does, and gives the stacks that it wrote.
 *
 * @param outdir where to write (default: `CDKTF_OUTDIR`, or `output` of cdktf.json, or `cdktf.out`)
 * @throws UserError when there is no cdktf.json, or the app fails; the message is what the app printed
 */
export async function synthesizeProject(
  project = process.cwd(),
  outdir = process.env.CDKTF_OUTDIR,
): Promise<readonly SynthesizedStack[]> {
  const { app, output = 'cdktf.out' } = readSettings(join(project, 'cdktf.json'));
  const folder = resolve(project, outdir ?? output);
  const child = spawn(app, {
    cwd: project,
    shell: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, CDKTF_OUTDIR: folder },
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk;
  });
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) throw new UserError(stderr.trim() || `"${app}" ended with exit code ${exitCode}.`);
  const { stacks } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  return Object.values(stacks).map(({ name, workingDirectory }) => ({
    name,
    folder: join(folder, workingDirectory),
  }));
}

interface Settings {
  readonly app: string;
  readonly output?: string;
}

/** What CDKTF writes about the stacks of an app. */
interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly name: string; readonly workingDirectory: string }>>;
}

function readSettings(file: string): Settings {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(
      `cdktf.json cannot be read: ${(error as Error).message}`,
      'Run the command in a CDKTF project.',
    );
  }
  const problem = invalidJson('cdktf.json', text);
  if (problem) throw new UserError(problem);
  return JSON.parse(text);
}
