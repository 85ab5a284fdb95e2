import { type Diagnostic, validateStateMachine } from '../../asl';
import { type CompiledStateMachine, compileStateMachine, InvalidDefinitionError } from '../../engine';
import { AwsError } from '../aws-error';
import { jsonFault } from './json-fault';
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
  const errors = diagnose(definition, type).filter((diagnostic) => diagnostic.severity === 'ERROR');
  if (errors.length === 0) {
    compiledStateMachine(definition);
    return;
  }
  const reasons = errors.map(({ code, message, location }) =>
    location === undefined ? `${code}: ${message}` : `${code}: ${message} at ${location}`,
  );
  throw invalidDefinition(reasons.join(', '));
}

const invalidDefinition = (reasons: string) =>
  new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${reasons}'`);

type ApiDiagnostic = Omit<Diagnostic, 'location'> & { readonly location?: string };

function diagnose(definition: string, type?: MachineType): ApiDiagnostic[] {
  const fault = definition.trim() === '' ? undefined : jsonFault(definition);
  if (fault)
    return [
      {
        severity: 'ERROR',
        code: 'INVALID_JSON_DESCRIPTION',
        message: fault.message,
        location: fault.location,
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
  return validateStateMachine(value, type).map((diagnostic) => ({
    ...diagnostic,
    location: diagnostic.location || '/',
  }));
}

const compiled = new Map<string, CompiledStateMachine>();

/**
 * Definitions are compiled once: thousands of executions run the same one.
 * @throws InvalidDefinition for what cannot be run, though nothing forbids it
 */
export function compiledStateMachine(definition: string): CompiledStateMachine {
  let machine = compiled.get(definition);
  if (machine === undefined) {
    if (compiled.size >= 100) compiled.clear();
    machine = compile(definition);
    compiled.set(definition, machine);
  }
  return machine;
}

function compile(definition: string): CompiledStateMachine {
  try {
    return compileStateMachine(JSON.parse(definition) as object);
  } catch (error) {
    if (error instanceof InvalidDefinitionError) throw invalidDefinition(error.message);
    throw error;
  }
}
