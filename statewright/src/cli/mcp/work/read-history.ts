import { executionOutput, executionText } from './execution';
import { recorded } from './history';
import { ends } from './plain';
import type { Work } from './work';

const MOST_EXECUTIONS = 10;

/** Recorded executions as paths. */
export const readHistory: Work<'read_history'> = async ({ history, states }) => {
  const { shown, omitted } = ends(recorded(history), MOST_EXECUTIONS);
  const executions = shown.map(({ name = 'execution', events }) => ({
    name,
    ...executionOutput(events, states),
  }));
  return {
    text: executions.map((each) => `${each.name}\n${executionText(each)}`).join('\n\n'),
    data: { executions, ...(omitted > 0 && { omittedExecutions: omitted }) },
  };
};
