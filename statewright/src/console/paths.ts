/** The paths of the console's pages, on the server of the local AWS. */
export const CONSOLE = '/console';

const segment = encodeURIComponent;

/** The paths of the pages of one region. */
export type Paths = ReturnType<typeof pathsAt>;

/** What is tested alone. */
export type TestKind = 'state' | 'expression';

/** The state that is tested, or the visit to it whose data is used: the id of the event that entered it. */
export type TestQuery = { readonly state: string } | { readonly execution: string; readonly visit: string };

/** The path of a file that all pages use. */
export const assetPath = (file: string): string => `${CONSOLE}/assets/${file}`;

/** The banner with the project's errors, alone. */
export const problemsPath = `${CONSOLE}/problems`;

/** The path of another region than the default one. */
export const regionPath = (region: string): string => `${CONSOLE}/regions/${segment(region)}`;

/** @param base the path of the region (default: the console's own, which is the default region's) */
export const pathsAt = (base: string = CONSOLE) => {
  const stateMachine = (name: string) => `${base}/state-machines/${segment(name)}`;
  /** The list and, by POST, the start of an execution. */
  const executions = (machine: string) => `${stateMachine(machine)}/executions`;
  const execution = (machine: string, id: string) => `${executions(machine)}/${segment(id)}`;
  const testPage = (machine: string, kind: TestKind) => `${stateMachine(machine)}/test-${kind}`;
  return {
    /** Takes a file with recorded executions, by POST. */
    histories: `${base}/histories`,
    home: `${base}/`,
    stateMachine,
    functions: `${base}/functions`,
    function: (name: string) => `${base}/functions/${segment(name)}`,
    activities: `${base}/activities`,
    executions,
    execution,
    /** @param machine the state machine's name, and the Map's label after a slash */
    mapRun: (machine: string, id: string) => `${stateMachine(machine)}/map-runs/${segment(id)}`,
    /** What differs between an execution and another one, which the page chooses at first. */
    comparison: (machine: string, id: string) => `${execution(machine, id)}/compare`,
    /** A member of an event's details, such as its input, as text. */
    eventMember: (machine: string, id: string, event: number, member: string) =>
      `${execution(machine, id)}/events/${event}/${member}`,
    history: (machine: string, id: string) => `${execution(machine, id)}/history.json`,
    executionDiagram: (machine: string, id: string) => `${execution(machine, id)}/diagram.svg`,
    diagram: (machine: string) => `${stateMachine(machine)}/diagram.svg`,
    /** The form that edits the definition and, by POST, saves it. */
    edit: (machine: string) => `${stateMachine(machine)}/edit`,
    /** The form that creates a state machine and, by POST, creates it. */
    create: `${base}/create-state-machine`,
    /** The form that creates a state machine, with the definition of another one. */
    createLike: (name: string) => `${base}/create-state-machine?like=${segment(name)}`,
    /** Deletes the state machine, by POST. */
    delete: (machine: string) => `${stateMachine(machine)}/delete`,
    /** The diagnostics and the diagram of a definition that is being typed, by POST. */
    diagnostics: `${base}/diagnostics`,
    /** What a form does with an execution, by POST. */
    action: (machine: string, id: string, action: 'stop' | 'redrive' | 'start-again' | 'answer') =>
      `${execution(machine, id)}/${action}`,
    /** Where a state or an expression is tested; the forms are sent there, too. */
    test: (kind: TestKind, machine: string, query: TestQuery) =>
      `${testPage(machine, kind)}?${new URLSearchParams(query)}`,
    testPage,
    /** The form that starts an execution, with the input of an earlier one. */
    startLike: (machine: string, id: string) => `${stateMachine(machine)}?like=${segment(id)}#start`,
  };
};
