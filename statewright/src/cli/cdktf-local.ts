import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { UserError } from '../user-error';
import type { Command } from './command';
import { childEnvironment, endpoint, portOption, readPort } from './local-environment';

export const deployLocal = cdktfCommand('deploy', ['--auto-approve'], 'Deploys the stack to the local AWS.');
export const diffLocal = cdktfCommand('diff', [], 'Shows what a deployment to the local AWS would change.');
export const destroyLocal = cdktfCommand(
  'destroy',
  ['--auto-approve'],
  'Destroys what was deployed to the local AWS.',
);

/** A command of the CDKTF CLI, run so that it can reach the local AWS and nothing else. */
function cdktfCommand(name: string, options: readonly string[], description: string): Command {
  return {
    usage: `npm run ${name}:local`,
    description,
    options: { port: portOption },
    async run(values) {
      const url = endpoint(readPort(values));
      await requireLocalAws(url);
      requireTerraform();
      return runNode(
        require.resolve('cdktf-cli/bundle/bin/cdktf'),
        [name, ...options],
        childEnvironment(url),
      );
    },
  };
}

/** @throws UserError when there is none to run: the CDKTF CLI would speak of `execvp(3)`, after synthesizing */
function requireTerraform(): void {
  // As the CDKTF CLI finds it.
  const terraform = process.env.TERRAFORM_BINARY_NAME || 'terraform';
  const { error } = spawnSync(terraform, ['version'], { stdio: 'ignore' });
  if (error === undefined) return;
  throw new UserError(
    `Terraform cannot be run: ${error.message}`,
    'Install Terraform 1.5 or later, or do without it: npm run local -- --deploy',
  );
}

/** @throws UserError when nothing answers at the address, or something that is no AWS */
async function requireLocalAws(url: string): Promise<void> {
  const body = new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' });
  let answer: string;
  try {
    const response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(10_000) });
    answer = await response.text();
  } catch {
    throw new UserError(
      `No local AWS answers at ${url}.`,
      'Start it in another shell: npm run local (with another port than 4566, give --port to both)',
    );
  }
  if (!answer.includes('<GetCallerIdentityResult>')) {
    throw new UserError(
      `What answers at ${url} is not the local AWS.`,
      'Start it on another port, and give that here too: npm run local -- --port 4567',
    );
  }
}

/** Runs a script to its end, and gives its exit code. Ctrl-C reaches it by itself; it decides how to stop. */
async function runNode(
  script: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit', env: environment });
  const wait = () => undefined;
  const terminate = () => child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', terminate);
  try {
    const [exitCode] = (await once(child, 'exit')) as [number | null];
    return exitCode ?? 1;
  } finally {
    process.off('SIGINT', wait).off('SIGTERM', terminate);
  }
}
