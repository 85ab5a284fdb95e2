import type { ToolInput, ToolName } from '../tools';
import { drawDiagram } from './draw-diagram';
import { readHistory } from './read-history';
import { runStateMachine } from './run-state-machine';
import { testOneState } from './test-state';
import { validateDefinition } from './validate-definition';
import type { Work } from './work';

const WORK: { readonly [Name in ToolName]: Work<Name> } = {
  validate_definition: (args) => validateDefinition(args),
  run_state_machine: (args) => runStateMachine(args),
  test_state: (args) => testOneState(args),
  read_history: (args) => readHistory(args),
  draw_diagram: (args) => drawDiagram(args),
};

/** Paths are from the current folder. @throws UserError for what the user, or the model, can fix */
export function work<Name extends ToolName>(name: Name, args: ToolInput<Name>): ReturnType<Work<Name>> {
  return WORK[name](args);
}
