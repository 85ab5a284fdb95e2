import type { ToolInput, ToolName, ToolOutput } from '../tools';

/** A result: as text for people and models, and as data that has the tool's output schema. */
export interface Done<Output> {
  readonly text: string;
  readonly data: Output;
}

/** Does the work of a tool. */
export type Work<Name extends ToolName> = (args: ToolInput<Name>) => Promise<Done<ToolOutput<Name>>>;
