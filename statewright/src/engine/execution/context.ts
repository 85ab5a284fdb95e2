import type { HistoryEvent, JsonText } from '../../history/events';
import { invalidJson } from '../../json-fault';
import { Payload } from '../data';
import { InvalidInputError } from './errors';
import type { ExecutionRequest } from './execution';
import { executionName } from './execution-name';
import { HistoryWriter } from './history-writer';
import type { EngineServices } from './services';
import type { TaskTokens } from './task-tokens';
import { Turns } from './turns';

/** What all threads of an execution share, and what its states read. */
export class ExecutionContext {
  readonly request: ExecutionRequest;
  readonly services: EngineServices;
  /** Includes the tokens of child executions: a caller that returns a token knows only this execution. */
  readonly tokens: TaskTokens;
  readonly history: HistoryWriter;
  readonly turns = new Turns();
  readonly input: Payload;
  /** Epoch milliseconds. */
  readonly startTime: number;
  /** Undefined for an execution that was never redriven. The time of the last redrive is in epoch milliseconds. */
  readonly redrive: { readonly count: number; readonly time: number } | undefined;

  /**
   * @param earlier the events before a redrive
   * @throws InvalidInputError when the input is not valid JSON
   */
  constructor(
    request: ExecutionRequest,
    services: EngineServices,
    tokens: TaskTokens,
    earlier: readonly HistoryEvent[] = [],
  ) {
    this.request = request;
    this.services = services;
    this.tokens = tokens;
    this.history = new HistoryWriter(services.clock, services.onEvent, services.keepEvents, earlier);
    this.input = readInput(request.input);
    const now = services.clock.now();
    const redrives = earlier.filter(({ type }) => type === 'ExecutionRedriven').length;
    this.startTime = earlier[0]?.timestamp ?? now;
    this.redrive = earlier.length === 0 ? undefined : { count: redrives + 1, time: now };
  }

  get name(): string {
    return executionName(this.request.executionArn);
  }

  get stateMachineName(): string {
    return this.request.stateMachineArn.split(':')[6] ?? '';
  }

  get region(): string {
    return this.request.stateMachineArn.split(':')[3] ?? '';
  }
}

function readInput(text: JsonText): Payload {
  const payload = Payload.ofText(text);
  try {
    payload.value;
  } catch {
    throw new InvalidInputError(invalidJson("The execution's input", text) ?? 'The input cannot be read');
  }
  return payload;
}
