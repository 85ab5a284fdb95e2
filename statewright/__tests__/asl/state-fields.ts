/**
 * The fields that AWS accepts for each state type, in each query language (States Language specification,
 * "Table of State Types and Fields"; Developer Guide for the Map). This file also checks the types against them.
 */
import type { StateType } from '../../src/asl';
import type { JsonataStates, JsonPathStates } from '../../src/asl/state-machine';
import type { DistributedProcessor } from '../../src/asl/state-types/map';

const every = ['Type', 'Comment', 'QueryLanguage'] as const;
const inputOutput = ['InputPath', 'OutputPath', 'Output'] as const;
const step = [...every, ...inputOutput, 'Assign', 'Next', 'End'] as const;
const work = [...step, 'Parameters', 'ResultSelector', 'ResultPath', 'Retry', 'Catch'] as const;

export const STATE_FIELDS = {
  Task: [
    ...[...work, 'Arguments', 'Resource', 'Credentials'],
    ...['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'],
  ],
  Pass: [...step, 'Parameters', 'Result', 'ResultPath'],
  Choice: [...every, ...inputOutput, 'Assign', 'Choices', 'Default'],
  Wait: [...step, 'Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  Succeed: [...every, ...inputOutput],
  Fail: [...every, 'Error', 'ErrorPath', 'Cause', 'CausePath'],
  Parallel: [...work, 'Arguments', 'Branches'],
  Map: [
    ...[...work, 'ItemProcessor', 'Iterator', 'ItemsPath', 'Items', 'ItemSelector'],
    ...['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'],
    ...['MaxConcurrency', 'MaxConcurrencyPath', 'ToleratedFailureCount', 'ToleratedFailureCountPath'],
    ...['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
  ],
} as const;

type Listed = { [T in StateType]: (typeof STATE_FIELDS)[T][number] };

type Typed = {
  [T in StateType]:
    | keyof JsonPathStates<string, DistributedProcessor, unknown, unknown>[T]
    | keyof JsonataStates<string, DistributedProcessor, unknown, unknown>[T];
};

/** Fields that only one of the two types has. */
type Difference = {
  [T in StateType]: Exclude<Listed[T], Typed[T]> | Exclude<Typed[T], Listed[T]>;
}[StateType];

// Does not compile when they differ; the error names the difference.
const difference: Record<Difference, never> = {};
void difference;
