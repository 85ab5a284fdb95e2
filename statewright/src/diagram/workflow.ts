/** A definition as a graph: scopes of states, with the transitions between them. */
import { conditionText } from './condition';
import { readDefinition, type ScopeDefinition, type StateDefinition } from './definition-fields';

/** A state machine, a branch of a Parallel, or the processor of a Map. */
export interface WorkflowScope {
  readonly startAt: string;
  readonly states: readonly WorkflowState[];
  readonly transitions: readonly WorkflowTransition[];
}

export interface WorkflowState {
  readonly name: string;
  readonly type: string;
  /** Whose icon it has: its type's, or that of Lambda for a Task that calls a function. */
  readonly icon: string;
  /** What it does, in a word or two: `Lambda Test`, `5 s`. */
  readonly detail?: string;
  /** Whether an execution, or its branch, ends here. */
  readonly isEnd: boolean;
  readonly hasRetry: boolean;
  /** A Parallel's branches, a Map's processor. */
  readonly scopes: readonly WorkflowScope[];
}

/** All that lead from one state to another in the same way, with what they say. */
export interface WorkflowTransition {
  readonly from: string;
  readonly to: string;
  /** How it is drawn: solid, or dashed for an error's way. */
  readonly kind: 'next' | 'catch';
  /** One line for each rule, such as a Choice's condition or the errors that are caught. */
  readonly labels: readonly string[];
}

/** Reads a definition; throws a DiagramError where it is not one. */
export function readWorkflow(definition: unknown): WorkflowScope {
  return readScope(readDefinition(definition));
}

function readScope({ StartAt: startAt, States: states }: ScopeDefinition): WorkflowScope {
  const entries = Object.entries(states);
  return {
    startAt,
    states: entries.map(([name, state]) => readState(name, state)),
    transitions: entries.flatMap(([name, state]) => merge(readTransitions(name, state))),
  };
}

function readState(name: string, state: StateDefinition): WorkflowState {
  const detail = detailOf(state);
  const scopes = state.Type === 'Parallel' ? (state.Branches ?? []) : [state.ItemProcessor ?? state.Iterator];
  return {
    name,
    type: state.Type,
    icon: state.Type === 'Task' && detail?.startsWith('Lambda ') ? 'Lambda' : state.Type,
    ...(detail && { detail }),
    isEnd: state.End === true || state.Type === 'Succeed' || state.Type === 'Fail',
    hasRetry: (state.Retry ?? []).length > 0,
    scopes: scopes.filter((scope) => scope !== undefined).map(readScope),
  };
}

function readTransitions(from: string, state: StateDefinition): WorkflowTransition[] {
  return [
    ...(state.Choices ?? []).map((rule) => ({
      from,
      to: rule.Next ?? '',
      kind: 'next' as const,
      labels: [conditionText(rule)],
    })),
    ...(state.Default === undefined
      ? []
      : [{ from, to: state.Default, kind: 'next' as const, labels: ['Default'] }]),
    ...(state.Next === undefined ? [] : [{ from, to: state.Next, kind: 'next' as const, labels: [] }]),
    ...(state.Catch ?? []).map(({ ErrorEquals, Next }) => ({
      from,
      to: Next,
      kind: 'catch' as const,
      labels: [`Catch ${ErrorEquals.join(', ')}`],
    })),
  ];
}

/** Two rules with the same target are one line in the drawing, with two labels. */
function merge(transitions: readonly WorkflowTransition[]): WorkflowTransition[] {
  const merged = new Map<string, WorkflowTransition>();
  for (const transition of transitions) {
    const key = JSON.stringify([transition.to, transition.kind]);
    const same = merged.get(key);
    merged.set(key, same ? { ...same, labels: [...same.labels, ...transition.labels] } : transition);
  }
  return [...merged.values()];
}

function detailOf(state: StateDefinition): string | undefined {
  switch (state.Type) {
    case 'Task':
      return resourceText(state);
    case 'Wait':
      return waitText(state);
    case 'Fail':
      return state.Error;
    case 'Map':
      return state.ItemProcessor?.ProcessorConfig?.Mode === 'DISTRIBUTED' ? 'distributed' : undefined;
    default:
      return undefined;
  }
}

function waitText({ Seconds, SecondsPath, Timestamp, TimestampPath }: StateDefinition): string | undefined {
  if (Seconds !== undefined) return typeof Seconds === 'number' ? `${Seconds} s` : withoutMarks(Seconds);
  if (Timestamp !== undefined) return `until ${withoutMarks(Timestamp)}`;
  return SecondsPath ?? (TimestampPath && `until ${TimestampPath}`);
}

function withoutMarks(expression: string): string {
  return expression.replace(/^\{%\s*|\s*%\}$/g, '');
}

/** What a Task calls: `Lambda Test`, `Activity paint`, or a service and its action, `dynamodb putItem`. */
function resourceText({ Resource = '', Parameters, Arguments }: StateDefinition): string {
  const [, lambda] = /^arn:[^:]*:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(Resource) ?? [];
  if (lambda) return `Lambda ${lambda}`;
  const [, activity] = /^arn:[^:]*:states:[^:]*:[^:]*:activity:(.+)/.exec(Resource) ?? [];
  if (activity) return `Activity ${activity}`;
  const [, integration] = /^arn:[^:]*:states:[^:]*:[^:]*:(?:aws-sdk:)?(.+)/.exec(Resource) ?? [];
  if (integration?.startsWith('lambda:invoke'))
    return `Lambda ${calledFunction(Parameters ?? Arguments) ?? 'invoke'}`;
  return integration?.replace(':', ' ') ?? Resource;
}

function calledFunction(parameters: unknown): string | undefined {
  const { FunctionName } = (parameters ?? {}) as { readonly FunctionName?: unknown };
  if (typeof FunctionName !== 'string') return undefined;
  return /:function:([^:]+)/.exec(FunctionName)?.[1] ?? withoutMarks(FunctionName);
}
