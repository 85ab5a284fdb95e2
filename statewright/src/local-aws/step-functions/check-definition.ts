import type { ApiDiagnostic } from '../../asl/diagnostic';
import { stateValidation, validation } from '../../asl/validate';
import { atOnce, type Steps } from '../../steps';
import { type JacksonFault, jacksonFault } from '../jackson-fault';
import { Remembered } from '../remembered';
import { type Compilation, compilation, invalidDefinition } from './compiled-definition';
import { duplicateStates } from './duplicate-states';
import type { MachineType, StatesRequest } from './requests';

/** ValidateStateMachineDefinition: OK or FAIL, and why. */
export function validateStateMachineDefinition(request: StatesRequest<'ValidateStateMachineDefinition'>) {
  const { severity = 'ERROR', maxResults = 0 } = request;
  const all = atOnce(diagnosis(request.definition, request.type));
  const wanted = severity === 'WARNING' ? all : all.filter(isError);
  const limit = maxResults || 100;
  return {
    result: all.some(isError) ? 'FAIL' : 'OK',
    diagnostics: wanted.slice(0, limit),
    truncated: wanted.length > limit,
  } as const;
}

/** Refuses a definition as CreateStateMachine does. @throws InvalidDefinition */
export function checkDefinition(definition: string, type: MachineType): void {
  refuseErrors(atOnce(diagnosis(definition, type)));
  const { refusal } = atOnce(compilation(definition));
  if (refusal !== undefined) throw invalidDefinition(refusal);
}

/** Refuses a state alone as TestState does. @throws InvalidDefinition */
export function checkState(state: string): void {
  refuseErrors(atOnce(diagnosis(state, 'STATE')));
}

/** What `checkDefinition` and `checkState` look for. */
export interface DefinitionCheck {
  readonly diagnostics: readonly ApiDiagnostic[];
  /** Undefined where nothing is compiled. */
  readonly compilation?: Compilation;
}

/** Does in steps what `checkDefinition` and `checkState` then find done. */
export function* definitionCheck(definition: string, kind?: Kind): Steps<DefinitionCheck> {
  const diagnostics = yield* diagnosis(definition, kind);
  if (kind === 'STATE' || diagnostics.some(isError)) return { diagnostics };
  return { diagnostics, compilation: yield* compilation(definition) };
}

function refuseErrors(diagnostics: readonly ApiDiagnostic[]): void {
  const errors = diagnostics.filter(isError);
  if (errors.length === 0) return;
  const reasons = errors.map(({ code, message, location }) =>
    location === undefined ? `${code}: ${message}` : `${code}: ${message} at ${location}`,
  );
  throw invalidDefinition(reasons.join(', '));
}

const isError = ({ severity }: ApiDiagnostic) => severity === 'ERROR';

/** A definition is that of a state machine of a type, or of a state alone. */
export type Kind = MachineType | 'STATE';

const diagnosed = new Remembered<readonly ApiDiagnostic[]>(10);

/** The diagnostics of a definition. The last ones are remembered. */
export function* diagnosis(definition: string, kind: Kind = 'STANDARD'): Steps<readonly ApiDiagnostic[]> {
  const known = diagnosed.get(keyOf(definition, kind));
  return known ?? rememberDiagnosis(yield* diagnoseText(definition, kind), definition, kind);
}

/** Remembers diagnostics that were found elsewhere. */
export const rememberDiagnosis = (
  diagnostics: readonly ApiDiagnostic[],
  definition: string,
  kind: Kind = 'STANDARD',
): readonly ApiDiagnostic[] => diagnosed.set(keyOf(definition, kind), diagnostics);

const keyOf = (definition: string, kind: Kind) => `${kind} ${definition}`;

function* diagnoseText(definition: string, kind: Kind): Steps<ApiDiagnostic[]> {
  const fault = definition.trim() === '' ? undefined : jacksonFault(definition);
  if (fault)
    return [
      {
        severity: 'ERROR',
        code: 'INVALID_JSON_DESCRIPTION',
        message: `${fault.message}\n at ${source(definition, fault)}`,
        location: source(definition, fault),
      },
    ];
  const value: unknown = definition.trim() === '' ? undefined : JSON.parse(definition);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [
      {
        severity: 'ERROR',
        code: 'SCHEMA_VALIDATION_FAILED',
        message: 'Definition must be a valid JSON object',
      },
    ];
  }
  yield;
  const found = yield* kind === 'STATE' ? stateValidation(value) : validation(value, kind);
  const duplicates = kind === 'STATE' ? [] : duplicateStates(definition);
  yield;
  return [
    ...duplicates,
    ...found.map(({ location, ...diagnostic }) =>
      // A missing end has no location on AWS.
      diagnostic.code === 'MISSING_END_STATE' ? diagnostic : { ...diagnostic, location: location || '/' },
    ),
  ];
}

/** Jackson quotes the text as its source, cut after 500 characters. */
function source(text: string, { place }: JacksonFault): string {
  const rest = text.length - 500;
  return `[Source: (String)"${text.slice(0, 500)}"${rest > 0 ? `[truncated ${rest} chars]` : ''}; ${place}]`;
}
