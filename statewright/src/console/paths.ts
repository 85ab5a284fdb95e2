/** The paths of the console's pages, on the server of the local AWS. */
export const CONSOLE = '/console';

const segment = encodeURIComponent;

export const paths = {
  home: `${CONSOLE}/`,
  asset: (file: string) => `${CONSOLE}/assets/${file}`,
  stateMachine: (name: string) => `${CONSOLE}/state-machines/${segment(name)}`,
  /** The form that starts an execution, with the input of an earlier one. */
  startLike: (stateMachine: string, execution: string) =>
    `${CONSOLE}/state-machines/${segment(stateMachine)}?like=${segment(execution)}#start`,
  /** The list and, by POST, the start of an execution. */
  executions: (stateMachine: string) => `${CONSOLE}/state-machines/${segment(stateMachine)}/executions`,
  execution: (stateMachine: string, name: string) =>
    `${CONSOLE}/state-machines/${segment(stateMachine)}/executions/${segment(name)}`,
};
