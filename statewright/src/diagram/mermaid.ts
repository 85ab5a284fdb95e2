import type { ExecutionPath } from '../history/execution-path';
import { STATUSES } from './icons';
import { createOverlay, type Overlay } from './overlay';
import { notes } from './state';
import { readWorkflow, type WorkflowScope, type WorkflowState, type WorkflowTransition } from './workflow';

const CLASSES: Readonly<Record<string, string>> = {
  succeeded: 'fill:#edf7ee,stroke:#1a7f37,color:#16202c',
  caught: 'fill:#fdf3e1,stroke:#a85d00,color:#16202c',
  failed: 'fill:#fdedec,stroke:#c62828,color:#16202c',
  'in-progress': 'fill:#e8f2fd,stroke:#0b62c4,color:#16202c',
  aborted: 'fill:#eceff2,stroke:#4f5b68,color:#16202c',
  'not-run': 'stroke-dasharray:4 3',
};

/** A state machine as a Mermaid flowchart, for README files and pull requests. @throws DiagramError for an invalid definition */
export function renderMermaid(definition: unknown, execution?: ExecutionPath): string {
  const overlay = execution && createOverlay(execution);
  const scope = readWorkflow(definition);
  const ids = new Map<string, string>();
  const writer: Writer = { overlay, id: (name) => idOf(name, ids) };
  const ends = scope.states.filter(({ isEnd }) => isEnd);
  const lines = [
    'flowchart TD',
    '  start((Start))',
    ...scopeLines(scope, '  ', writer),
    '  finish((End))',
    `  start --> ${writer.id(scope.startAt)}`,
    ...ends.map(({ name }) => `  ${writer.id(name)} --> finish`),
    ...(overlay ? Object.entries(CLASSES).map(([name, style]) => `  classDef ${name} ${style}`) : []),
  ];
  return `${lines.join('\n')}\n`;
}

interface Writer {
  readonly overlay: Overlay | undefined;
  id(name: string): string;
}

/** Names may contain any character, ids may not; so the states are numbered. */
function idOf(name: string, ids: Map<string, string>): string {
  const id = ids.get(name) ?? `s${ids.size + 1}`;
  ids.set(name, id);
  return id;
}

function scopeLines(scope: WorkflowScope, indent: string, writer: Writer): string[] {
  return [
    ...scope.states.flatMap((state) => stateLines(state, indent, writer)),
    ...scope.transitions.map((transition) => `${indent}${transitionLine(transition, writer)}`),
  ];
}

function stateLines(state: WorkflowState, indent: string, writer: Writer): string[] {
  const id = writer.id(state.name);
  const status = writer.overlay && STATUSES[writer.overlay.status(state)];
  const parts = [state.type, state.detail, status?.label, ...notes(state, writer.overlay)];
  const subtitle = parts.filter(Boolean).join(' · ');
  const classLines = status ? [`${indent}class ${id} ${status.className}`] : [];
  if (state.scopes.length === 0) {
    const [open, close] = state.type === 'Choice' ? ['{', '}'] : ['[', ']'];
    const label = `"${escapeLabel(state.name)}<br/>${escapeLabel(subtitle)}"`;
    return [`${indent}${id}${open}${label}${close}`, ...classLines];
  }
  // Mermaid has space for only one line above the content; a frame around a single scope would say nothing.
  const label = `"${escapeLabel(state.name)} · ${escapeLabel(subtitle)}"`;
  const inner = (scope: WorkflowScope, i: number) =>
    state.scopes.length === 1
      ? scopeLines(scope, `${indent}  `, writer)
      : [
          `${indent}  subgraph ${id}_${i + 1}[" "]`,
          ...scopeLines(scope, `${indent}    `, writer),
          `${indent}  end`,
        ];
  return [`${indent}subgraph ${id}[${label}]`, ...state.scopes.flatMap(inner), `${indent}end`, ...classLines];
}

function transitionLine({ from, to, kind, labels }: WorkflowTransition, { id }: Writer): string {
  const arrow = kind === 'catch' ? '-.->' : '-->';
  const label = labels.length > 0 ? `|"${labels.map(escapeLabel).join('<br/>')}"|` : '';
  return `${id(from)} ${arrow}${label} ${id(to)}`;
}

/** Mermaid's entities are `#name;` and `#number;`. Line breaks would end the statement. */
function escapeLabel(label: string): string {
  return label.replace(/[^\p{L}\p{N} .,:_$()=+*/·-]/gu, (character) => `#${character.codePointAt(0)};`);
}
