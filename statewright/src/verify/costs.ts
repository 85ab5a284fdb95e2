import { parseFunctionName } from '../asl/resource';
import type { WorkflowType } from '../asl/validation/place';
import { eventDetails } from '../history/event-details';
import type { HistoryEvent } from '../history/events';
import { executionPath } from '../history/execution-path';
import { recordedCalls } from './replay/recorded-calls';

/** What executions are billed for, without prices. */
export interface Usage {
  /** How many executions are added up. */
  readonly executions: number;
  /** The state transitions of STANDARD executions, retries included. */
  readonly stateTransitions: number;
  /** The EXPRESS executions. */
  readonly express: {
    readonly requests: number;
    /** The billed duration of all, in milliseconds. */
    readonly billedDuration: number;
    /** Billed duration × billed memory, in GB-seconds. */
    readonly gbSeconds: number;
  };
  /** The Lambda functions, by name. */
  readonly functions: Readonly<Record<string, FunctionUsage>>;
}

/** What the calls of a Lambda function are billed for. */
export interface FunctionUsage {
  readonly requests: number;
  /**
   * In milliseconds, each call rounded up. That of a history is a little too long: its events are further apart than the
   * start and the end of the function, and the start of a process is between them.
   */
  readonly billedDuration: number;
  /** In GB-seconds; undefined when the function's memory is not known. */
  readonly gbSeconds?: number;
}

/** One execution whose usage counts; the child executions of its distributed Maps are executions of their own. */
export interface UsedExecution {
  readonly events: readonly HistoryEvent[];
  readonly type: WorkflowType;
  /** The size of the definition, in bytes: an EXPRESS execution's memory depends on it. */
  readonly definitionSize: number;
}

/** The memory of functions in MB, by name. */
export type FunctionMemory = Readonly<Record<string, number>>;

/** The billed durations of each function's calls in milliseconds, by its name. */
export type BilledCalls = Readonly<Record<string, readonly number[]>>;

/**
 * Adds up what executions are billed for (AWS Step Functions Pricing; AWS Lambda Pricing).
 * @param reported what Lambda has reported, for the functions that ran (default: the durations in the histories)
 */
export function usageOf(
  executions: readonly UsedExecution[],
  memory: FunctionMemory = {},
  reported: BilledCalls = {},
): Usage {
  const express = executions.filter(({ type }) => type === 'EXPRESS').map(expressUsage);
  const standard = executions.filter(({ type }) => type === 'STANDARD');
  return {
    executions: executions.length,
    stateTransitions: sum(standard.map(({ events }) => stateTransitions(events))),
    express: {
      requests: express.length,
      billedDuration: sum(express.map(({ billedDuration }) => billedDuration)),
      gbSeconds: sum(
        express.map(({ billedDuration, billedMemory }) => gbSeconds(billedDuration, billedMemory)),
      ),
    },
    functions: functionUsage({ ...callsIn(executions), ...reported }, memory),
  };
}

/** "A state transition each time a step of your workflow is executed"; each retry is another one. */
function stateTransitions(events: readonly HistoryEvent[]): number {
  const { visits } = executionPath(events);
  return sum(visits.map(({ attempts }) => Math.max(1, attempts.length)));
}

/**
 * The billed duration in milliseconds, in steps of 100, and the billed memory in MB, in chunks of 64: 50 MB, the
 * definition, and the payload for each step of a Parallel or a Map ("Pricing example 4").
 */
export function expressUsage({ events, definitionSize }: UsedExecution): {
  readonly billedDuration: number;
  readonly billedMemory: number;
} {
  const { visits, startedAt = 0, endedAt = startedAt } = executionPath(events);
  const payload = events.reduce((most, event) => {
    const { input = '', output = '' } = eventDetails(event);
    return Math.max(most, Buffer.byteLength(input), Buffer.byteLength(output));
  }, 0);
  const steps = Math.max(1, visits.filter(({ scope }) => scope !== undefined).length);
  const memory = 50 + (definitionSize + payload * steps) / 1024 ** 2;
  return {
    billedDuration: Math.max(100, Math.ceil((endedAt - startedAt) / 100) * 100),
    billedMemory: Math.ceil(memory / 64) * 64,
  };
}

function functionUsage(calls: BilledCalls, memory: FunctionMemory): Readonly<Record<string, FunctionUsage>> {
  return Object.fromEntries(
    Object.entries(calls).map(([name, durations]) => {
      const [billedDuration, megabytes] = [sum(durations), memory[name]];
      const usage = { requests: durations.length, billedDuration };
      if (megabytes === undefined) return [name, usage];
      return [name, { ...usage, gbSeconds: gbSeconds(billedDuration, megabytes) }];
    }),
  );
}

/** The calls of functions in histories. */
function callsIn(executions: readonly UsedExecution[]): BilledCalls {
  const calls: Record<string, number[]> = {};
  for (const { events } of executions) {
    for (const call of [...recordedCalls(events, executionPath(events)).values()].flat()) {
      const name = functionOf(call.scheduled);
      if (name === undefined || !call.started) continue;
      calls[name] ??= [];
      calls[name].push(Math.ceil(call.lastSeen - call.started.timestamp));
    }
  }
  return calls;
}

/** The name of the Lambda function that a call is of; undefined for any other call. */
function functionOf(scheduled: HistoryEvent): string | undefined {
  const { resource = '', resourceType, parameters = '{}' } = eventDetails(scheduled);
  if (scheduled.type === 'LambdaFunctionScheduled') return parseFunctionName(resource).name;
  if (resourceType !== 'lambda' && resourceType !== 'aws-sdk:lambda') return undefined;
  const { FunctionName } = JSON.parse(parameters) ?? {};
  return typeof FunctionName === 'string' ? parseFunctionName(FunctionName).name : undefined;
}

const gbSeconds = (milliseconds: number, megabytes: number) => (milliseconds / 1000) * (megabytes / 1024);
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
