/** One log event of a function or its runtime, as in CloudWatch Logs. */
export interface LogEvent {
  readonly logGroup: string;
  readonly logStream: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

/** One call of a Lambda function by an execution, with its log so far. */
export interface Invocation {
  readonly requestId: string;
  /** As the Task named it: a name, a partial ARN or an ARN. */
  readonly functionName: string;
  /** The id of the event that scheduled it. */
  readonly scheduledEventId: number;
  readonly logGroup: string;
  /** From START to REPORT, and the start-up before that; empty when the function cannot log, or was never reached. */
  readonly events: readonly LogEvent[];
}

/** The name of a function from its ARN, a partial ARN or its name, with or without a qualifier. */
export function functionName(reference: string): string {
  return /(?:.*:function:)?([^:]+)/.exec(reference)?.[1] ?? reference;
}

/** The request id in text logs: in the platform's lines, and after the time in the runtime's lines. */
const PLATFORM_LINE = /^(?:(?:START|END|REPORT) )?RequestId: (\S+)/;
const RUNTIME_LINE = /^\d{4}-\d\d-\d\dT\S+Z\s([\da-f-]{36})\s/;
const LAST_LINE = /^REPORT RequestId: |^\{.*"type":"platform\.report"/;

/**
 * Log events by request. A stream's invocations follow one another, so a line without a
 * request id belongs to the stream's current one; lines before the first (the start-up) belong to the first.
 */
export function eventsByRequest(events: readonly LogEvent[]): ReadonlyMap<string, readonly LogEvent[]> {
  const requests = new Map<string, LogEvent[]>();
  /** The current request of each stream, or the lines that wait for the first one. */
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

/** The request id in a line, in text or JSON format; undefined if it has none. */
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

const COLD_START = /^INIT_START |"type":"platform\.initStart"/;
const START = /^START RequestId: |"type":"platform\.start"/;
const INIT_DURATION = /Init Duration: ([\d.]+) ms|"initDurationMs":([\d.]+)/;

/** When an invocation ran, and how long its cold start took, from its log. Times are epoch milliseconds. */
interface InvocationTimes {
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** In milliseconds; undefined for a warm start. */
  readonly coldStart?: number;
}

/** Empty when the invocation has logged nothing. */
export function invocationTimes({ events }: Invocation): InvocationTimes {
  const [first] = events;
  if (!first) return {};
  const last = events.findLast(({ message }) => LAST_LINE.test(message));
  const isCold = events.some(({ message }) => COLD_START.test(message));
  const start = events.find(({ message }) => START.test(message));
  const [, text, json] = events.flatMap(({ message }) => INIT_DURATION.exec(message) ?? []);
  const told = Number(text ?? json);
  const passed = (start ?? events.at(-1) ?? first).timestamp - first.timestamp;
  return {
    startedAt: first.timestamp,
    ...(last && { endedAt: last.timestamp }),
    ...(isCold && { coldStart: Number.isNaN(told) ? passed : told }),
  };
}
