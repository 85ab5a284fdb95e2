import {
  compileJsonata,
  type Json,
  type JsonataScope,
  type JsonType,
  parseJson,
  stringifyJson,
} from '../../../../src/engine/data';

/** The parameters of an evaluation in addition to its expression; `input` is JSON text. */
export interface Given {
  readonly input?: string;
  readonly result?: string;
  readonly variables?: Record<string, Json>;
  readonly location?: string;
  readonly expected?: JsonType;
}

/** A scope in which randomness, ids and the time are always the same. */
export function jsonataScope({ input = '{}', result, variables = {} }: Given = {}): JsonataScope {
  return {
    states: {
      input: parseJson(input),
      context: { State: { Name: 'A' } },
      ...(result !== undefined && { result: parseJson(result) }),
    },
    variables: new Map(Object.entries(variables)),
    random: () => 0.25,
    uuid: () => '11111111-2222-4333-8444-555555555555',
    now: () => Date.UTC(2030, 0, 2, 3, 4, 5, 678),
  };
}

/** The result of a field with this value, as JSON text. */
export async function evaluate(value: Json, given: Given = {}): Promise<string> {
  return stringifyJson(
    await compileJsonata(value, given.location ?? 'Output', given.expected)(jsonataScope(given)),
  );
}

/** The failure of an expression, without the text that names the expression. */
export async function failureOf(expression: string, given?: Given): Promise<string> {
  const sentence = `The JSONata expression '${expression}' specified for the field 'Output' `;
  return evaluate(`{% ${expression} %}`, given).then(
    (value) => `no failure, but ${value}`,
    (error: Error) => error.message.replace(sentence, ''),
  );
}
