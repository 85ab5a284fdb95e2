import { atOnce, type Steps } from '../steps';
import type { Diagnostic } from './diagnostic';
import { ownField, type ScopePart, scopesOf } from './graph';
import { integer, named, oneOf, schemaOf } from './validation/checks';
import { type JsonSchema, SchemaPlace, whenField } from './validation/json-schema';
import { checkNames } from './validation/names';
import { Findings, Place, type WorkflowType } from './validation/place';
import { scope } from './validation/scope';
import { checkSize } from './validation/size';
import { checkTransitions } from './validation/transitions';
import { checkVariableScopes } from './validation/variable-scopes';

const queryLanguage = oneOf('JSONPath', 'JSONata');
const stateMachine = named(
  'StateMachine',
  scope({
    Version: oneOf('1.0'),
    QueryLanguage: queryLanguage,
    TimeoutSeconds: integer({ minimum: 0, maximum: 99_999_999 }),
  }),
);

/**
 * The diagnostics of the Step Functions API's ValidateStateMachineDefinition for a definition, with its codes, messages
 * and order: the form of each state, then names, then transitions. A definition without ERRORs can be deployed.
 * Takes any JSON value and never throws.
 */
export function validateStateMachine(definition: unknown, type: WorkflowType = 'STANDARD'): Diagnostic[] {
  return atOnce(validation(definition, type));
}

/** The same, with an interruption after each state: a definition may have thousands. */
export const validation = (definition: unknown, type: WorkflowType = 'STANDARD'): Steps<Diagnostic[]> =>
  diagnose(definition, type, (scopes) => scopes);

/**
 * The diagnostics of TestState for a state alone, which it calls `StateName`. Where the state's own transitions lead is
 * not checked.
 */
export function validateState(state: unknown): Diagnostic[] {
  return atOnce(stateValidation(state));
}

/** The same, with an interruption after each state inside. */
export function stateValidation(state: unknown): Steps<Diagnostic[]> {
  const definition = { StartAt: 'StateName', States: { StateName: state } };
  return diagnose(definition, 'STANDARD', ([, ...inner]) => inner);
}

/**
 * The JSON Schema of a definition, for editors: the fields that each state has, and the types and ranges of their values.
 * It accepts every definition without ERRORs.
 */
export function stateMachineSchema(): JsonSchema {
  const definitions = new Map<string, JsonSchema>();
  const [path, jsonata] = (['JSONPath', 'JSONata'] as const).map((language) =>
    schemaOf(stateMachine, new SchemaPlace(language, language, definitions)),
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Amazon States Language',
    allOf: [whenField('QueryLanguage', 'JSONata', jsonata as JsonSchema, path as JsonSchema)],
    definitions: Object.fromEntries(definitions),
  };
}

/** @param whole the scopes whose transitions are checked */
function* diagnose(
  definition: unknown,
  type: WorkflowType,
  whole: (scopes: readonly ScopePart[]) => readonly ScopePart[],
): Steps<Diagnostic[]> {
  const findings = new Findings();
  const given = ownField(definition, 'QueryLanguage');
  const language = given === 'JSONata' ? 'JSONata' : 'JSONPath';
  const at = new Place('', language, language, type, findings);
  if (definition === undefined || definition === null || definition === '') {
    at.error('Received a null or empty workflow input', 'MISSING_DESCRIPTION');
  } else if (yield* checkSize(definition, at)) {
    // Without a language the states cannot be checked.
    if (given !== undefined) queryLanguage(given, at.field('QueryLanguage'));
    if (findings.found.length > 0) return findings.diagnostics;
    stateMachine(definition, at);
    yield* findings.checkRest();
    const scopes = [...scopesOf(definition)];
    yield* checkNames(scopes, at);
    yield* checkVariableScopes(definition, at);
    const scopeOf = new Map(
      scopes.flatMap(({ location, states }) => states.map(({ name }) => [name, location])),
    );
    for (const found of whole(scopes)) {
      if (found.states.length > 0) yield* checkTransitions(found, scopeOf, at);
    }
  }
  return findings.diagnostics;
}
