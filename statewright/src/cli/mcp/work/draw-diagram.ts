import { executionPath } from '../../../history/execution-path';
import { UserError } from '../../../user-error';
import { draw } from '../../drawing';
import { recorded } from './history';
import { chosenMachine } from './machine';
import type { Work } from './work';

/** A state machine as text, perhaps with the path of an execution. */
export const drawDiagram: Work<'draw_diagram'> = async (args) => {
  const { name, definition } = await chosenMachine(args);
  const { history, format = 'text' } = args;
  const executions = history === undefined ? [] : recorded(history);
  const [execution, ...more] = executions;
  if (more.length > 0) {
    throw new UserError(
      `The history has ${executions.length} executions: ${executions.map((each) => each.name).join(', ')}.`,
      'Name the file of one.',
    );
  }
  const diagram = draw({
    definition,
    theme: 'auto',
    format,
    ...(execution && { execution: executionPath(execution.events) }),
  }) as string;
  return { text: diagram, data: { stateMachine: name, format, diagram } };
};
