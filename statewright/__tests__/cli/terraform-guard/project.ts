import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { exportLines, localEnvironment } from '../../../src/cli/local-environment';
import { Account } from '../../../src/local-aws/account';
import { type RunningServer, startServer } from '../../../src/local-aws/server';
import { realSettings } from '../real-settings';
import { type Ran, run } from '../shell';

/** A state as Terraform writes it, of a resource that only AWS has. */
export const realState = (lineage: string): string =>
  `${JSON.stringify({ version: 4, serial: 7, lineage, outputs: { real: { value: lineage, type: 'string' } }, resources: [] })}\n`;

/** A resource and an output that need no provider. */
export const resource = `
resource "terraform_data" "made" {
  input = terraform.workspace
}
output "made" {
  value = terraform_data.made.output
}
`;

/**
 * Folders with Terraform configurations, a local AWS, and a shell that has its exports. A proxy receives the
 * requests that would leave this machine.
 */
export class Project {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'state-test-')));
  /** The requests to the proxy. */
  readonly asked: string[] = [];
  /** The requests to the local AWS. */
  readonly requests: string[] = [];
  readonly #account = new Account();
  #server!: RunningServer;
  #proxy!: Server;

  static async start(): Promise<Project> {
    const project = new Project();
    const onRequest = ({
      method,
      path,
      operation,
    }: {
      method: string;
      path: string;
      operation: string | undefined;
    }) => project.requests.push(operation ?? `${method} ${path}`);
    project.#server = await startServer(project.#account, { onRequest });
    project.#proxy = createServer((request, response) => {
      project.asked.push(`${request.method} ${request.url}`);
      response.writeHead(502).end();
    }).on('connect', (request, socket) => {
      project.asked.push(`CONNECT ${request.url}`);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((ready) => project.#proxy.listen(0, '127.0.0.1', ready));
    return project;
  }

  async close(): Promise<void> {
    await Promise.all([this.#server.close(), this.#account.close()]);
    this.#proxy.closeAllConnections();
    await new Promise((closed) => this.#proxy.close(closed));
    rmSync(this.folder, { recursive: true });
  }

  get url(): string {
    return this.#server.url;
  }

  /** Writes files, by their paths below the folder. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), text);
    }
  }

  /** Every file below the folder, except those of local deployments, with its bytes in base64. */
  files(): Readonly<Record<string, string>> {
    const files = readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.folder, join(entry.parentPath ?? entry.path, entry.name)))
      .filter(
        (name) => !/(?:^|\/)(?:\.terraform-local|terraform\.tfstate\.d\/statewright)\/|^\.aws\//.test(name),
      );
    return Object.fromEntries(
      files.sort().map((name) => [name, readFileSync(join(this.folder, name)).toString('base64')]),
    );
  }

  read = (name: string): string => readFileSync(join(this.folder, name), 'utf8');

  /** The environment of a user who works with the real AWS. */
  environment(): NodeJS.ProcessEnv {
    const { port } = this.#proxy.address() as AddressInfo;
    const proxy = `http://127.0.0.1:${port}`;
    const proxies = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, http_proxy: proxy, https_proxy: proxy };
    return { ...realSettings(this.folder), ...proxies, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
  }

  /** Runs a script in a shell with the exports. */
  async shell(
    script: string,
    {
      below = '.',
      workspace,
      env = {},
    }: { below?: string; workspace?: string; env?: NodeJS.ProcessEnv } = {},
  ): Promise<Ran> {
    const exports = exportLines(localEnvironment(this.url, undefined, workspace));
    return run('sh', ['-ec', `${exports}\n${script}`], {
      cwd: join(this.folder, below),
      env: { ...this.environment(), ...env },
    });
  }

  /** Runs a script that has to succeed, and returns its output. */
  async succeed(script: string, options: Parameters<Project['shell']>[1] = {}): Promise<string> {
    const { exitCode, stdout, stderr } = await this.shell(script, options);
    if (exitCode !== 0) throw new Error(`${script}\nended with ${exitCode}:\n${stdout}${stderr}`);
    return stdout;
  }

  /** Runs a script in the user's own shell, without the exports. */
  async real(script: string, below = '.'): Promise<string> {
    const { exitCode, stdout, stderr } = await run('sh', ['-ec', script], { cwd: join(this.folder, below) });
    if (exitCode !== 0) throw new Error(`${script}\nended with ${exitCode}:\n${stdout}${stderr}`);
    return stdout;
  }
}
