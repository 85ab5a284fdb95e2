/** One line or block that a function or its runtime wrote, as CloudWatch Logs has it. */
export interface LogEvent {
  readonly logGroup: string;
  readonly logStream: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

/** One call of a Lambda function by an execution, with what it has logged so far. */
export interface Invocation {
  readonly requestId: string;
  /** The id of the event that scheduled it. */
  readonly scheduledEventId: number;
  readonly logGroup: string;
  /** From START to REPORT, and the start-up before that; empty when the function may not log, or was never reached. */
  readonly events: readonly LogEvent[];
}

/** What says whose line it is, in text logs: the platform's own lines, and the time and id that the runtime puts first. */
const PLATFORM_LINE = /^(?:(?:START|END|REPORT) )?RequestId: (\S+)/;
const RUNTIME_LINE = /^\d{4}-\d\d-\d\dT\S+Z\s([\da-f-]{36})\s/;
const LAST_LINE = /^REPORT RequestId: |^\{.*"type":"platform\.report"/;

/**
 * Log events by the request that they belong to. A stream's invocations follow one another, so a line that names no
 * request is of the one that its stream is at; what is written before the first, while the function starts up, is its.
 */
export function eventsByRequest(events: readonly LogEvent[]): ReadonlyMap<string, readonly LogEvent[]> {
  const requests = new Map<string, LogEvent[]>();
  /** Where each stream is: at a request, or at lines that wait for one to begin. */
  const streams = new Map<string, { requestId?: string; readonly waiting: LogEvent[] }>();
  for (const event of events) {
    const key = JSON.stringify([event.logGroup, event.logStream]);
    const stream = streams.get(key) ?? { waiting: [] };
    const requestId = requestIdIn(event.message) ?? stream.requestId;
    if (requestId === undefined) {
      stream.waiting.push(event);
      streams.set(key, stream);
      continue;
    }
    const own = requests.get(requestId) ?? [];
    own.push(...stream.waiting, event);
    requests.set(requestId, own);
    const isLast = LAST_LINE.test(event.message);
    streams.set(key, { ...(!isLast && { requestId }), waiting: [] });
  }
  return requests;
}

/** The request that a line names, in the text or the JSON format; undefined where it names none. */
function requestIdIn(message: string): string | undefined {
  const [, requestId] = PLATFORM_LINE.exec(message) ?? RUNTIME_LINE.exec(message) ?? [];
  if (requestId !== undefined || !message.startsWith('{')) return requestId;
  try {
    const { requestId: own, record } = JSON.parse(message);
    const found = own ?? record?.requestId;
    return typeof found === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
}
