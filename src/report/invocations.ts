/** One line or block that a function or its runtime wrote, as CloudWatch Logs has it. */
export interface LogEvent {
  readonly logGroup: string;
  readonly logStream: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

/** What one invocation of a Lambda function logged, from START to REPORT. */
export interface Invocation {
  readonly logGroup: string;
  readonly logStream: string;
  /** Undefined for lines that were written before any invocation, while the function started up. */
  readonly requestId?: string;
  readonly events: readonly LogEvent[];
}

const START = /^START RequestId: (\S+)/;
const LAST = /^REPORT RequestId: /;

/** Cuts log events into invocations, in the order in which they began; a stream's invocations follow one another. */
export function groupInvocations(events: readonly LogEvent[]): Invocation[] {
  const invocations: { logGroup: string; logStream: string; requestId?: string; events: LogEvent[] }[] = [];
  const open = new Map<string, (typeof invocations)[number]>();
  for (const event of events) {
    const { logGroup, logStream, message } = event;
    const stream = JSON.stringify([logGroup, logStream]);
    const requestId = START.exec(message)?.[1];
    let invocation = open.get(stream);
    if (requestId !== undefined && invocation && invocation.requestId === undefined) {
      invocation.requestId = requestId;
    } else if (!invocation || requestId !== undefined) {
      invocation = { logGroup, logStream, ...(requestId !== undefined && { requestId }), events: [] };
      invocations.push(invocation);
      open.set(stream, invocation);
    }
    invocation.events.push(event);
    if (LAST.test(message)) open.delete(stream);
  }
  return invocations;
}
