import type { CompiledStateMachine } from '../compile';
import type { Execution, ExecutionRequest } from './execution';
import { ExecutionRun } from './run';
import type { EngineServices } from './services';

/**
 * Starts an execution. It runs at once, as far as it gets without waiting for anything.
 * @throws InvalidInputError when the input is not JSON text
 */
export function startExecution(
  machine: CompiledStateMachine,
  request: ExecutionRequest,
  services: EngineServices,
): Execution {
  return new ExecutionRun(machine, request, services);
}
