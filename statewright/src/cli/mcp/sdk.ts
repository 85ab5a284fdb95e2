// The official SDK of the Model Context Protocol. The build puts the parts of it that are used into this one file, so
// that users of the package install nothing else (build.mjs).
export { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
export { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
// Not the whole of zod, which has its messages in fifty languages.
export {
  array,
  boolean,
  type core,
  enum,
  type infer,
  null,
  number,
  object,
  record,
  string,
  union,
  unknown,
  type ZodObject,
} from 'zod';
