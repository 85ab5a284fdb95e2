import type { WorkflowType } from '../asl/validation/place';
import type { ExecutionOutcome } from '../engine';
import type { HistoryEvent } from '../history/events';
import type { AccountOptions } from '../local-aws/account';
import { UserError } from '../user-error';
import { listOf, type Option, textOf, type Values } from './command';
import { stackOption } from './find-stack';
import { type GivenServices, serviceOptions } from './service-options';
import type { LogLine, Progress } from './terminal';

/** A state machine that a command runs. */
export interface Machine {
  readonly name: string;
  /** The definition in the Amazon States Language, as JSON text. */
  readonly definition: string;
  readonly type: WorkflowType;
  /** The memory of the functions that really run in MB, by name. */
  readonly functionMemory: Readonly<Record<string, number>>;
  /** Runs one execution to its end, with the input as JSON text; `title` is for the progress. */
  run(input: string, title: string): Promise<EndedExecution>;
}

export interface EndedExecution {
  readonly input: string;
  readonly events: readonly HistoryEvent[];
  readonly outcome: ExecutionOutcome;
  /** The log lines of the Lambda functions. They and the outcome are for people, and name the user's source files. */
  readonly logs: readonly LogLine[];
}

/** The state machine of a command, and its stand-ins. */
export interface MachineChoice {
  /** The file of a definition or a template; undefined for the state machine of a stack. */
  readonly definition?: string;
  /** The folder or file of a stack (default: the project in the current folder). */
  readonly path?: string;
  readonly stack?: string;
  readonly stateMachine?: string;
  readonly standIns?: string;
  /** How the functions of a stack run. */
  readonly lambda?: AccountOptions['lambda'];
  /** What the Tasks of a stack call that the local AWS does not have. */
  readonly services?: GivenServices;
  readonly substitutions: Readonly<Record<string, string>>;
}

/** For a state machine that does not run: the local AWS prepares no function, and warns of none that cannot run. */
export const withoutFunctions = { lambda: { maxEnvironments: 0 } } as const;

/** The error for a stack with several state machines, of which a command needs one. */
export const severalMachines = (names: readonly string[]): UserError =>
  new UserError(
    `The stack has ${names.length} state machines: ${names.join(', ')}.`,
    `Choose one: --state-machine ${names[0]}`,
  );

/** The options that select the state machine of a command. */
export const machineOptions: Readonly<Record<string, Option>> = {
  definition: {
    type: 'string',
    value: 'FILE',
    description: 'A definition (JSON or YAML), or a CloudFormation or SAM template with a state machine',
  },
  substitution: {
    type: 'list',
    value: 'NAME=VALUE',
    description: 'A value for a parameter of a template, or for a placeholder of a definition',
  },
  stack: stackOption,
  'state-machine': {
    type: 'string',
    value: 'NAME',
    description: 'Selects a state machine, if there is more than one',
  },
};

export const standInsOption: Option = {
  type: 'string',
  value: 'FILE',
  description: 'What answers in place of functions and services: JSON or a module',
};

/** @throws UserError for options that cannot be used together */
export function machineChoice(values: Values, [path]: readonly string[]): MachineChoice {
  const definition = textOf(values.definition);
  if (definition !== undefined && path !== undefined) {
    throw new UserError(
      `${path} and --definition ${definition} cannot be used together: each selects a state machine.`,
      'Use one of them.',
    );
  }
  const onlyStack = (name: string, hint: string) => {
    if (values[name] === undefined || definition === undefined) return;
    throw new UserError(`--${name} is for a stack, not for a definition.`, hint);
  };
  onlyStack('stack', 'To select a state machine of a template: --state-machine NAME');
  const { bucket: _, ...ofStack } = serviceOptions;
  for (const name of Object.keys(ofStack)) onlyStack(name, 'Answer its calls with --stand-ins FILE.');
  const [stack, stateMachine, standIns] = [values.stack, values['state-machine'], values['stand-ins']].map(
    textOf,
  );
  return {
    ...(definition !== undefined && { definition }),
    ...(path !== undefined && { path }),
    ...(stack !== undefined && { stack }),
    ...(stateMachine !== undefined && { stateMachine }),
    ...(standIns !== undefined && { standIns }),
    substitutions: substitutions(listOf(values.substitution)),
  };
}

/** @throws UserError for one without `=` */
export function substitutions(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((text) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) {
        throw new UserError(
          `--substitution ${text} has no value.`,
          'Such as --substitution QueueUrl=https://sqs.us-east-1.amazonaws.com/000000000000/orders',
        );
      }
      return [name.replace(/^\$\{(.*)\}$/, '$1'), value] as const;
    }),
  );
}

/** Runs a step, with its line of progress if it has a name and progress is shown. */
export function step<T>(
  progress: Progress | undefined,
  label: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  return progress && label !== undefined ? progress.run(label, work) : work();
}

/** The outcome of an execution, from its last event. */
export function outcomeOf(events: readonly HistoryEvent[]): ExecutionOutcome {
  const last = events.at(-1);
  switch (last?.type) {
    case 'ExecutionSucceeded':
      return { status: 'SUCCEEDED', output: last.executionSucceededEventDetails.output };
    case 'ExecutionFailed':
      return { status: 'FAILED', ...last.executionFailedEventDetails };
    case 'ExecutionTimedOut':
      return { status: 'TIMED_OUT', ...last.executionTimedOutEventDetails };
    case 'ExecutionAborted':
      return { status: 'ABORTED', ...last.executionAbortedEventDetails };
    default:
      throw new Error(`An ended execution has the last event ${last?.type}.`);
  }
}
