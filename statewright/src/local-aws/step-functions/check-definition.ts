import { type Diagnostic, validateState, validateStateMachine } from '../../asl';
import { type JacksonFault, jacksonFault } from '../jackson-fault';
import { compiledStateMachine, invalidDefinition } from './compiled-definition';
import type { MachineType, StatesRequest } from './requests';

/** ValidateStateMachineDefinition: OK or FAIL, and why. */
export function validateStateMachineDefinition(request: StatesRequest<'ValidateStateMachineDefinition'>) {
  const { severity = 'ERROR', maxResults = 0 } = request;
  const all = diagnose(request.definition, request.type);
  const wanted = severity === 'WARNING' ? all : all.filter((diagnostic) => diagnostic.severity === 'ERROR');
  const limit = maxResults || 100;
  return {
    result: all.some((diagnostic) => diagnostic.severity === 'ERROR') ? 'FAIL' : 'OK',
    diagnostics: wanted.slice(0, limit),
    truncated: wanted.length > limit,
  } as const;
}

/** Refuses a definition as CreateStateMachine does. @throws InvalidDefinition */
export function checkDefinition(definition: string, type: MachineType): void {
  refuseErrors(diagnose(definition, type));
  compiledStateMachine(definition);
}

/** Refuses a state alone as TestState does. @throws InvalidDefinition */
export function checkState(state: string): void {
  refuseErrors(diagnoseText(state, validateState));
}

function refuseErrors(diagnostics: readonly ApiDiagnostic[]): void {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'ERROR');
  if (errors.length === 0) return;
  const reasons = errors.map(({ code, message, location }) =>
    location === undefined ? `${code}: ${message}` : `${code}: ${message} at ${location}`,
  );
  throw invalidDefinition(reasons.join(', '));
}

type ApiDiagnostic = Omit<Diagnostic, 'location'> & { readonly location?: string };

const diagnose = (definition: string, type?: MachineType): ApiDiagnostic[] =>
  diagnoseText(definition, (value) => validateStateMachine(value, type));

function diagnoseText(definition: string, validate: (value: unknown) => Diagnostic[]): ApiDiagnostic[] {
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
  return validate(value).map(({ location, ...diagnostic }) =>
    // A missing end has no location on AWS.
    diagnostic.code === 'MISSING_END_STATE' ? diagnostic : { ...diagnostic, location: location || '/' },
  );
}

/** Jackson quotes the text as its source, cut after 500 characters. */
function source(text: string, { place }: JacksonFault): string {
  const rest = text.length - 500;
  return `[Source: (String)"${text.slice(0, 500)}"${rest > 0 ? `[truncated ${rest} chars]` : ''}; ${place}]`;
}
