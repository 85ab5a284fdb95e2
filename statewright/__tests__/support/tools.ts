import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { clientInMaven, FETCH_COMMAND } from '../../src/local-aws/lambda/runtime-api/java-client';

/** Why a tool cannot be used here, or undefined when it can. */
type Missing = string | undefined;

function missingCommand(command: string, ...probe: string[]): Missing {
  try {
    execFileSync(command, probe, { stdio: 'ignore' });
    return undefined;
  } catch {
    return `no ${command} command on the PATH`;
  }
}

const goFunction = join(__dirname, '..', 'local-aws', 'lambda', 'languages', 'functions', 'go');

/** Debian's Chromium, or the one that CHROMIUM_PATH names. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** The real tools that some tests use. Each is a function, so that a tool is only checked when a test needs it. */
export const tools = {
  terraform: (): Missing => missingCommand('terraform', 'version'),
  /** Terraform together with providers that `terraform init` can install: from a mirror, or from the registry. */
  terraformProviders: (): Missing =>
    tools.terraform() ??
    ((process.env.TF_CLI_CONFIG_FILE && existsSync(process.env.TF_CLI_CONFIG_FILE)) ||
    process.env.TERRAFORM_REGISTRY_REACHABLE
      ? undefined
      : 'neither TF_CLI_CONFIG_FILE, with a provider mirror, nor TERRAFORM_REGISTRY_REACHABLE is set'),
  aws: (): Missing => missingCommand('aws', '--version'),
  /** Small file systems in memory, which only root may mount. */
  tmpfs: (): Missing =>
    process.platform === 'linux' && process.getuid?.() === 0
      ? missingCommand('mount', '--version')
      : 'only root can mount a tmpfs, and only on Linux',
  /** User and mount namespaces, which a container or AppArmor may forbid. */
  namespaces: (): Missing =>
    missingCommand(
      'unshare',
      '--user',
      '--map-root-user',
      '--mount',
      'mount',
      '-t',
      'tmpfs',
      'tmpfs',
      '/tmp',
    ) && 'users may not make namespaces with unshare',
  prlimit: (): Missing => missingCommand('prlimit', '--version'),
  python: (): Missing => missingCommand('python3', '--version'),
  ruby: (): Missing => missingCommand('ruby', '--version'),
  curl: (): Missing => missingCommand('curl', '--version'),
  /** A JDK, and AWS's runtime interface client in the local Maven repository. */
  java: (): Missing =>
    missingCommand('javac', '-version') ??
    (clientInMaven() ? undefined : `no runtime interface client for Java: ${FETCH_COMMAND}`),
  /** Go, and the module that the function needs. */
  go: (): Missing =>
    missingCommand('go', 'version') ??
    (missingCommand(
      'sh',
      '-c',
      `cd '${goFunction}' && GOPROXY=off go list github.com/aws/aws-lambda-go/lambda`,
    ) &&
      `its module is missing: go mod download, in ${goFunction}`),
  moto: (): Missing => missingCommand('moto_server', '--help'),
  chromium: (): Missing => (existsSync(chromiumPath) ? undefined : `no Chromium at ${chromiumPath}`),
};

/**
 * `describe` when all of the tools are installed; otherwise the block is skipped, with the reason in its name.
 */
export function describeWith(needs: (keyof typeof tools)[], name: string, block: () => void): void {
  const missing = needs.map((need) => tools[need]()).find((reason) => reason !== undefined);
  if (missing === undefined) describe(name, block);
  else describe.skip(`${name} (skipped: ${missing})`, block);
}
