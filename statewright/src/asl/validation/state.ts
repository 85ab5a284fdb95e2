/** The fields of each state type (States Language specification, "Table of State Types and Fields"). */
import { isObject } from '../../is-object';
import type { StateType } from '../state-machine';
import type { QueryLanguage } from '../values';
import {
  boolean,
  type Check,
  described,
  forward,
  integer,
  listOf,
  named,
  nullable,
  oneOf,
  schemaOf,
  string,
  timestamp,
  typeOf,
} from './checks';
import { choiceRule } from './choice';
import { errorHandling } from './errors';
import { checkRequest } from './integration';
import { schemaOfCall } from './integration-schema';
import { type Describe, type JsonSchema, type SchemaPlace, whenField } from './json-schema';
import { expressionOr, jsonataValue, numeric } from './jsonata';
import { checkDistributedOnly, mapFields, schemaOfDistributedOnly } from './map';
import {
  byLanguage,
  checkObject,
  type Field,
  type Fields,
  has,
  jsonataOnly,
  jsonPathOnly,
  object,
  type Shape,
} from './object';
import { literalText, path, pathOrIntrinsic, payloadTemplate, referencePath, resultPath } from './paths';
import type { Place } from './place';
import { checkActivity, credentials, resource } from './resource';
import { scope } from './scope';
import { assign } from './variables';

type FieldTable = Readonly<Record<string, Field>>;

const common: FieldTable = { Type: string, Comment: string, QueryLanguage: oneOf('JSONPath', 'JSONata') };

const inputOutput: FieldTable = {
  InputPath: jsonPathOnly(nullable(path)),
  OutputPath: jsonPathOnly(nullable(path)),
  Output: jsonataOnly(jsonataValue),
};

const variables: FieldTable = {
  Assign: byLanguage({ JSONPath: assign(payloadTemplate), JSONata: assign(jsonataValue) }),
};

/** The fields of a state that has a result and can fail. */
const work: FieldTable = {
  ResultPath: jsonPathOnly(nullable(resultPath)),
  ResultSelector: jsonPathOnly(payloadTemplate),
  Parameters: jsonPathOnly(payloadTemplate),
  ...errorHandling,
};

const seconds = integer({ minimum: 1, maximum: 99_999_999 });

/** In a JSONata state it may be an expression. */
const text = byLanguage({ JSONPath: literalText, JSONata: expressionOr(literalText) });

/** The fields of a state type and the check of its states. */
interface StateCheck extends Check {
  readonly fields: FieldTable;
}

function stateWith(
  shape: Shape,
  also?: (state: Fields, at: Place) => void,
  alsoSchema?: Describe,
): StateCheck {
  const fields = { ...common, ...shape.fields };
  return Object.assign(object({ ...shape, fields, elsewhere: typesWith }, also, alsoSchema), { fields });
}

/** A state that continues with another one or ends its scope. */
function step(
  { fields, exactlyOneOf = [], ...shape }: Shape,
  also?: (state: Fields, at: Place) => void,
  alsoSchema?: Describe,
): StateCheck {
  return stateWith(
    {
      ...shape,
      exactlyOneOf: [['Next', 'End'], ...exactlyOneOf],
      fields: { ...inputOutput, ...variables, Next: string, End: end, ...fields },
    },
    (state, at) => {
      if (state.End === false && !has(state, 'Next')) {
        at.error('This object should have only one of the following fields: [Next, End]');
      }
      also?.(state, at);
    },
    alsoSchema,
  );
}

/** Without Next it has to be true, and with Next it cannot exist. */
const end = described({ const: true }, (value, at) => boolean(value, at));

const STATES: Readonly<Record<StateType, StateCheck>> = {
  Task: step(
    {
      required: ['Resource'],
      atMostOneOf: [
        ['TimeoutSeconds', 'TimeoutSecondsPath'],
        ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
      ],
      fields: {
        ...work,
        Resource: resource,
        Arguments: jsonataOnly(jsonataValue),
        Credentials: credentials,
        TimeoutSeconds: numeric(seconds),
        TimeoutSecondsPath: jsonPathOnly(referencePath()),
        HeartbeatSeconds: numeric(seconds),
        HeartbeatSecondsPath: jsonPathOnly(referencePath()),
      },
    },
    (task, at) => {
      checkActivity(task, at);
      checkRequest(task, at);
      checkHeartbeat(task, at);
    },
    schemaOfCall,
  ),
  Pass: step({
    fields: {
      Result: jsonPathOnly(result),
      ResultPath: jsonPathOnly(nullable(resultPath)),
      Parameters: jsonPathOnly(payloadTemplate),
    },
  }),
  Choice: stateWith({
    required: ['Choices'],
    fields: {
      ...inputOutput,
      ...variables,
      Choices: listOf(choiceRule, { empty: false }),
      Default: string,
    },
  }),
  Wait: step({
    exactlyOneOf: [['SecondsPath', 'Seconds', 'TimestampPath', 'Timestamp']],
    fields: {
      Seconds: numeric(integer({ minimum: 0, maximum: 99_999_999 })),
      SecondsPath: jsonPathOnly(referencePath()),
      Timestamp: byLanguage({ JSONPath: timestamp, JSONata: expressionOr(timestamp) }),
      TimestampPath: jsonPathOnly(referencePath()),
    },
  }),
  Succeed: stateWith({ fields: inputOutput }),
  Fail: stateWith({
    atMostOneOf: [
      ['Error', 'ErrorPath'],
      ['Cause', 'CausePath'],
    ],
    fields: {
      Error: text,
      ErrorPath: jsonPathOnly(pathOrIntrinsic),
      Cause: text,
      CausePath: jsonPathOnly(pathOrIntrinsic),
    },
  }),
  Parallel: step({
    required: ['Branches'],
    fields: {
      ...work,
      Arguments: jsonataOnly(jsonataValue),
      Branches: listOf(
        forward(() => branch),
        { empty: false },
      ),
    },
  }),
  Map: step(
    {
      exactlyOneOf: [['ItemProcessor', 'Iterator']],
      atMostOneOf: [
        ['ItemSelector', 'Parameters'],
        ['MaxConcurrency', 'MaxConcurrencyPath'],
        ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
        ['ToleratedFailureCount', 'ToleratedFailureCountPath'],
      ],
      fields: { ...work, ...mapFields },
    },
    checkDistributedOnly,
    schemaOfDistributedOnly,
  ),
};

/** The state types that have a field, for a state that does not. */
function typesWith(field: string): string | undefined {
  const types = Object.entries(STATES).flatMap(([type, { fields }]) =>
    Object.hasOwn(fields, field) ? [type] : [],
  );
  return types.length === 0 ? undefined : `Only these state types have it: ${types.join(', ')}`;
}

/** In the order of the API's message. */
const stateType = typeOf('Task', 'Wait', 'Pass', 'Succeed', 'Fail', 'Choice', 'Parallel', 'Map');

const branch = named('Scope', scope());

/** Checks a state against the fields of its type and its query language. */
export const state: Check = named(
  'State',
  described(schemaOfState, (value, at) => {
    if (!checkObject(value, at)) return;
    const type = value.Type;
    if (type === undefined) at.error('These fields are required: [Type]');
    else if (typeof type === 'string' && Object.hasOwn(STATES, type)) {
      STATES[type as StateType](value, at.with({ language: languageOf(value, at) }));
    } else stateType(type, at.field('Type'));
  }),
);

/** The schema of a state depends on its Type and its query language. */
function schemaOfState(at: SchemaPlace): JsonSchema {
  const types = Object.keys(STATES) as StateType[];
  const inLanguage = (type: StateType, language: QueryLanguage) =>
    at.with(language).define(type, (inner) => schemaOf(STATES[type], inner));
  const schemaOfType = (type: StateType) =>
    at.machineLanguage === 'JSONata'
      ? inLanguage(type, 'JSONata')
      : whenField('QueryLanguage', 'JSONata', inLanguage(type, 'JSONata'), inLanguage(type, 'JSONPath'));
  return {
    type: 'object',
    required: ['Type'],
    properties: {
      Type: { enum: types },
      ...(at.machineLanguage === 'JSONata' && { QueryLanguage: { const: 'JSONata' } }),
    },
    allOf: types.map((type) => whenField('Type', type, schemaOfType(type))),
  };
}

/** A state's own query language, or the state machine's. That of a Map or Parallel around it does not matter. */
function languageOf(fields: Fields, at: Place): QueryLanguage {
  if (fields.QueryLanguage === undefined) return at.machineLanguage;
  if (fields.QueryLanguage !== 'JSONPath') return 'JSONata';
  if (at.machineLanguage === 'JSONata') {
    at.error("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
  }
  return 'JSONPath';
}

/** The specification requires it ("Task State"); AWS's message is not known. */
function checkHeartbeat({ HeartbeatSeconds: heartbeat, TimeoutSeconds: timeout }: Fields, at: Place): void {
  if (typeof heartbeat === 'number' && typeof timeout === 'number' && heartbeat >= timeout) {
    at.field('HeartbeatSeconds').error(
      `HeartbeatSeconds must be less than TimeoutSeconds, which is ${timeout}`,
    );
  }
}

/** Fixed data: a path in it is not read. */
function result(value: unknown, at: Place): void {
  if (isObject(value) && Object.keys(value).some((name) => name.endsWith('.$'))) {
    at.warning(
      'The Result of a Pass state is static: a path in it is not read. Use Parameters',
      'PASS_RESULT_IS_STATIC',
    );
  }
}
