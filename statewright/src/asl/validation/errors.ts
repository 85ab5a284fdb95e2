/** Retry and Catch (States Language specification, "Errors"). */
import { ownField } from '../graph';
import {
  type Check,
  described,
  float,
  integer,
  listOf,
  named,
  nullable,
  oneOf,
  schemaOf,
  string,
} from './checks';
import { jsonataValueInCatch } from './jsonata';
import { byLanguage, type Fields, jsonataOnly, jsonPathOnly, object } from './object';
import { payloadTemplate, resultPath } from './paths';
import type { Place } from './place';
import { assign } from './variables';

const errorNames = listOf(string, { empty: false });
const errorEquals = described(
  (at) => ({
    allOf: [schemaOf(errorNames, at)],
    if: { contains: { const: 'States.ALL' } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { maxItems: 1 },
  }),
  (value, at) => errorNames(value, at),
);

const retrier = named(
  'Retrier',
  object(
    {
      required: ['ErrorEquals'],
      fields: {
        Comment: string,
        ErrorEquals: errorEquals,
        IntervalSeconds: integer({ minimum: 0, maximum: 99_999_999 }),
        MaxAttempts: integer({ minimum: 0, maximum: 99_999_999 }),
        BackoffRate: float({ minimum: 1 }),
        MaxDelaySeconds: integer({ minimum: 1, maximum: 31_622_400 }),
        JitterStrategy: oneOf('NONE', 'FULL'),
      },
    },
    checkMaxDelay,
  ),
);

const catcher = named(
  'Catcher',
  object({
    required: ['ErrorEquals', 'Next'],
    fields: {
      Comment: string,
      ErrorEquals: errorEquals,
      Next: string,
      ResultPath: jsonPathOnly(nullable(resultPath)),
      Output: jsonataOnly(jsonataValueInCatch),
      Assign: byLanguage({ JSONPath: assign(payloadTemplate), JSONata: assign(jsonataValueInCatch) }),
    },
  }),
);

/** MaxDelaySeconds MUST be greater than IntervalSeconds, which is the first interval. */
function checkMaxDelay({ IntervalSeconds: interval, MaxDelaySeconds: longest }: Fields, at: Place): void {
  if (typeof interval === 'number' && typeof longest === 'number' && longest <= interval) {
    at.field('MaxDelaySeconds').error(
      `MaxDelaySeconds must be greater than IntervalSeconds, which is ${interval}`,
    );
  }
}

/** `States.ALL` matches everything: names next to it, or entries after it, would have no effect. */
function checkStatesAll(entries: readonly unknown[], at: Place): void {
  entries.forEach((entry, index) => {
    const names = ownField(entry, 'ErrorEquals');
    if (!Array.isArray(names) || !names.includes('States.ALL')) return;
    if (names.length > 1 || index < entries.length - 1) {
      at.item(index).field('ErrorEquals').error('States.ALL must appear alone and at end of list');
    }
  });
}

function listOfHandlers(handler: Check): Check {
  const list = listOf(handler);
  return described(
    (at) => schemaOf(list, at),
    (value, at) => {
      list(value, at);
      if (Array.isArray(value)) checkStatesAll(value, at);
    },
  );
}

export const errorHandling = { Retry: listOfHandlers(retrier), Catch: listOfHandlers(catcher) };
