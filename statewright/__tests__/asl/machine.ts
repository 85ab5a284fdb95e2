/** Small definitions for tests. */
import { validateStateMachine } from '../../src/asl';

type Fields = Record<string, unknown>;

/** A state machine of one state, A, with `End: true` if it has no other end or transition. */
export function machineOf(state: Fields, rest: Fields = {}): Fields {
  const endsItself =
    ['Next', 'End', 'Choices'].some((field) => field in state) || /^(Succeed|Fail)$/.test(`${state.Type}`);
  return { StartAt: 'A', States: { A: endsItself ? state : { ...state, End: true } }, ...rest };
}

/** The diagnostics as one line each, as in AWS's InvalidDefinition errors. */
export function diagnosticsOf(definition: unknown, type?: 'STANDARD' | 'EXPRESS'): string[] {
  return validateStateMachine(definition, type).map(
    ({ severity, code, message, location }) =>
      `${severity === 'WARNING' ? 'WARNING ' : ''}${code}: ${message} at ${location || '(the definition)'}`,
  );
}

/** The same for a state machine of one state. */
export function diagnosticsOfState(state: Fields, rest?: Fields): string[] {
  return diagnosticsOf(machineOf(state, rest));
}
