import type { TaskCall } from '../../engine';
import { type RecordedCall, targetOf } from './recorded-calls';

/** A call without an answer; the replay ends there. */
export interface Unanswered {
  readonly state: string;
  /** Why the recording has none. */
  readonly reason: string;
}

/** Why a recording has no answer to a call; undefined when it has one. */
export function problemOf(
  { target }: TaskCall,
  calls: readonly RecordedCall[],
  attempt: number,
): string | undefined {
  if (calls.length === 0) return 'the recording has no call of this state here';
  const recorded = calls[attempt];
  if (recorded === undefined) {
    return `the recording has ${calls.length === 1 ? 'one attempt' : `${calls.length} attempts`} of it here, not ${attempt + 1}`;
  }
  const called = targetOf(recorded);
  const now = {
    lambda: 'LambdaFunction',
    activity: 'Activity',
    integration: 'resource' in target ? `${target.resourceType}:${target.resource}` : '',
  }[target.kind];
  if (now === called) return undefined;
  return `it calls ${KINDS[now] ?? now}, where the recording calls ${KINDS[called] ?? called}`;
}

const KINDS: Readonly<Record<string, string>> = {
  LambdaFunction: 'a Lambda function by its ARN',
  Activity: 'an activity',
};
