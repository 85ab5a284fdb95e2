import { UserError } from '../../user-error';
import { McpServer } from './sdk';
import { TOOLS, type ToolName } from './tools';
import type { Done } from './work/work';

interface ServerOptions {
  readonly version: string;
  /** Does the work of a tool, whose arguments have its input schema. @throws UserError */
  work(name: ToolName, args: unknown, signal: AbortSignal): Promise<Done<unknown>>;
  /** Called with an error that is a defect, before the client sees its message. */
  onDefect(error: unknown): void;
}

const INSTRUCTIONS = [
  'Tools for AWS Step Functions state machines (Amazon States Language), on this machine and without an AWS account.',
  'Nothing is written or deployed, and no service is called. After a change of a definition: validate_definition, then',
  'run_state_machine with the inputs that matter, and an error as a stand-in for each Catch and Retry.',
].join(' ');

/** The MCP server, not yet connected. */
export function createMcpServer({ version, work, onDefect }: ServerOptions): McpServer {
  const server = new McpServer(
    { name: 'statewright', title: 'Statewright', version },
    { instructions: INSTRUCTIONS },
  );
  for (const name of Object.keys(TOOLS) as ToolName[]) {
    const { title, description, input, output } = TOOLS[name];
    server.registerTool(
      name,
      {
        title,
        description,
        inputSchema: input,
        outputSchema: output,
        annotations: {
          title,
          readOnlyHint: true,
          destructiveHint: false,
          idempotentHint: true,
          openWorldHint: false,
        },
      },
      async (args: unknown, { signal }: { readonly signal: AbortSignal }) => {
        try {
          const { text, data } = await work(name, args, signal);
          return {
            content: [{ type: 'text' as const, text }],
            structuredContent: data as Record<string, unknown>,
          };
        } catch (error) {
          if (!(error instanceof UserError)) onDefect(error);
          return { content: [{ type: 'text' as const, text: textOf(error) }], isError: true };
        }
      },
    );
  }
  return server;
}

function textOf(error: unknown): string {
  if (!(error instanceof UserError)) return `This is a defect of statewright: ${error}`;
  return error.hint === undefined ? error.message : `${error.message}\n${error.hint}`;
}
