/** A definition as a graph: scopes of states, with the transitions between them. */
import {
  errorNamesOf,
  isTerminal,
  listAt,
  objectOf,
  ownField,
  type ScopePart,
  type StatePart,
  scopeAt,
  scopesIn,
  type Transition,
  transitionsOf,
} from '../asl/graph';
import { INVOKE_FUNCTION } from '../asl/integrations';
import { fieldAt } from '../asl/location';
import { isLambdaInvoke, parseFunctionName, parseResource } from '../asl/resource';
import { validateStateMachine } from '../asl/validate';
import { sizeFault } from '../asl/validation/size';
import { conditionText, withoutMarks } from './condition';
import { DiagramError } from './diagram-error';

/** A state machine, a branch of a Parallel, or the processor of a Map. */
export interface WorkflowScope {
  readonly startAt: string;
  readonly states: readonly WorkflowState[];
  readonly transitions: readonly WorkflowTransition[];
}

export interface WorkflowState {
  readonly name: string;
  readonly type: string;
  /** The icon: its type, or Lambda for a Task that calls a function. */
  readonly icon: string;
  /** What it does, in one or two words: `Lambda Test`, `5 s`. */
  readonly detail?: string;
  /** Whether an execution, or its branch, ends here. */
  readonly isEnd: boolean;
  readonly hasRetry: boolean;
  /** A Parallel's branches, a Map's processor. */
  readonly scopes: readonly WorkflowScope[];
}

/** All transitions of one kind between two states, with their labels. */
export interface WorkflowTransition {
  readonly from: string;
  readonly to: string;
  /** Drawn solid (`next`) or dashed (`catch`). */
  readonly kind: 'next' | 'catch';
  /** One line for each rule, such as a Choice's condition or the errors that are caught. */
  readonly labels: readonly string[];
}

/**
 * Reads a definition, tolerantly: what a state does may be missing or wrong.
 *
 * @throws DiagramError, with AWS's diagnostic, when it has no states to draw, or the target of a transition does not exist
 */
export function readWorkflow(definition: unknown): WorkflowScope {
  if (sizeFault(definition) !== undefined) {
    throw new DiagramError('The definition is too long or too deeply nested to be drawn');
  }
  try {
    return readScope(scopeAt(definition));
  } catch (error) {
    throw error instanceof Fault ? asDiagnostic(error, definition) : error;
  }
}

/** What prevents a drawing, at a location in the definition. */
class Fault extends Error {
  readonly location: string;

  constructor(location: string, message: string) {
    super(message);
    this.location = location;
  }
}

/** AWS's diagnostic about a fault's location, or about what it contains, if there is one. */
function asDiagnostic({ location, message }: Fault, definition: unknown): DiagramError {
  if (location === '') return new DiagramError(message, DESCRIBE);
  const errors = validateStateMachine(definition).filter(({ severity }) => severity === 'ERROR');
  const isInside = (inner: string) =>
    inner.startsWith(location) && /^[/[]/.test(inner.slice(location.length));
  const diagnostic =
    errors.find((each) => each.location === location) ?? errors.find((each) => isInside(each.location));
  if (diagnostic === undefined) return new DiagramError(message);
  return new DiagramError(
    `${diagnostic.code}: ${diagnostic.message} (${diagnostic.location})`,
    'The command `statewright validate FILE` shows every error of a definition.',
  );
}

const DESCRIBE =
  '`aws stepfunctions describe-state-machine --query definition --output text` prints a definition.';

function readScope({ location, content, startAt, states }: ScopePart): WorkflowScope {
  if (typeof startAt !== 'string' || objectOf(ownField(content, 'States')) === undefined) {
    throw new Fault(
      location,
      `${location || 'The definition'} is not a state machine: it needs StartAt and States`,
    );
  }
  const names = new Set(states.map(({ name }) => name));
  const target = (name: unknown, place: string): string => {
    if (typeof name === 'string' && names.has(name)) return name;
    if (name === undefined) throw new Fault(place.replace(/\/\w+$/, ''), `${place} is missing`);
    throw new Fault(place, `${place} names the state ${JSON.stringify(name)}, which does not exist`);
  };
  return {
    startAt: target(startAt, fieldAt(location, 'StartAt')),
    states: states.map(readState),
    transitions: states.flatMap((state) =>
      merge(
        transitionsOf(state).map((transition) => ({
          from: state.name,
          to: target(transition.target, transition.location),
          kind: transition.field === 'Catch' ? 'catch' : 'next',
          labels: labelsOf(transition),
        })),
      ),
    ),
  };
}

function readState(state: StatePart): WorkflowState {
  const { name, location, content } = state;
  const type = ownField(content, 'Type');
  if (typeof type !== 'string') throw new Fault(location, `${location} has no Type`);
  for (const field of ['Choices', 'Catch', 'Retry', 'Branches']) {
    const list = ownField(content, field);
    if (list !== undefined && !Array.isArray(list)) {
      throw new Fault(fieldAt(location, field), `${fieldAt(location, field)} is not a list`);
    }
  }
  for (const catcher of listAt(state, 'Catch')) {
    if (!Array.isArray(ownField(catcher.content, 'ErrorEquals'))) {
      throw new Fault(catcher.location, `${catcher.location} has no ErrorEquals`);
    }
  }
  const scopes = scopesIn(state);
  if (type === 'Map' && scopes.length === 0) throw new Fault(location, `${location} has no ItemProcessor`);
  const detail = detailOf(content);
  return {
    name,
    type,
    icon: type === 'Task' && detail?.startsWith('Lambda ') ? 'Lambda' : type,
    ...(detail && { detail }),
    isEnd: isTerminal(state),
    hasRetry: listAt(state, 'Retry').length > 0,
    scopes: scopes.map(readScope),
  };
}

function labelsOf(transition: Transition): string[] {
  switch (transition.field) {
    case 'Choices':
      return [conditionText(transition.clause.content)];
    case 'Default':
      return ['Default'];
    case 'Catch':
      return [`Catch ${errorNamesOf(transition.clause).join(', ')}`.trim()];
    case 'Next':
      return [];
  }
}

/** Merges two rules with the same target into one line with two labels. */
function merge(transitions: readonly WorkflowTransition[]): WorkflowTransition[] {
  const merged = new Map<string, WorkflowTransition>();
  for (const transition of transitions) {
    const key = JSON.stringify([transition.to, transition.kind]);
    const same = merged.get(key);
    merged.set(key, same ? { ...same, labels: [...same.labels, ...transition.labels] } : transition);
  }
  return [...merged.values()];
}

function detailOf(state: unknown): string | undefined {
  const text = (field: string) => textOf(ownField(state, field));
  switch (ownField(state, 'Type')) {
    case 'Task':
      return resourceText(state);
    case 'Wait':
      return waitText(text);
    case 'Fail':
      return text('Error');
    case 'Map':
      return isDistributed(state) ? 'distributed' : undefined;
    default:
      return undefined;
  }
}

function isDistributed(map: unknown): boolean {
  const config = ownField(ownField(map, 'ItemProcessor'), 'ProcessorConfig');
  return ownField(config, 'Mode') === 'DISTRIBUTED';
}

function waitText(text: (field: string) => string | undefined): string | undefined {
  const [seconds, timestamp, path] = [text('Seconds'), text('Timestamp'), text('TimestampPath')];
  if (seconds !== undefined) return /^\d+$/.test(seconds) ? `${seconds} s` : withoutMarks(seconds);
  if (timestamp !== undefined) return `until ${withoutMarks(timestamp)}`;
  return text('SecondsPath') ?? (path && `until ${path}`);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** What a Task calls: `Lambda Test`, `Activity paint`, or a service and its action, `dynamodb putItem`. */
function resourceText(state: unknown): string | undefined {
  const text = textOf(ownField(state, 'Resource'));
  if (text === undefined) return undefined;
  const resource = parseResource(text);
  if (resource.kind === 'lambda') return `Lambda ${resource.function.name}`;
  if (resource.kind === 'activity') return `Activity ${resource.name}`;
  if (resource.kind === 'unknown') return text;
  if (isLambdaInvoke(resource)) return `Lambda ${invokedFunction(state) ?? 'invoke'}`;
  return `${resource.service} ${resource.action}${resource.suffix}`;
}

function invokedFunction(state: unknown): string | undefined {
  const request = ownField(state, 'Parameters') ?? ownField(state, 'Arguments');
  const name = ownField(request, INVOKE_FUNCTION.resourceField);
  if (typeof name !== 'string') return undefined;
  return name.startsWith('{%') ? withoutMarks(name) : parseFunctionName(name).name;
}
