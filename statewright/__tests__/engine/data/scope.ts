import { type EvaluationScope, type Json, Payload } from '../../../src/engine/data';

/** A scope with an input's text; randomness and ids are constant. */
export function scopeOf(
  input: string,
  { context = {}, variables = {} }: { context?: Json; variables?: Record<string, Json> } = {},
): EvaluationScope {
  return {
    input: Payload.ofText(input),
    context,
    variables: new Map(Object.entries(variables)),
    random: () => 0.5,
    uuid: () => '11111111-2222-4333-8444-555555555555',
  };
}
