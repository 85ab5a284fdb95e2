import { isObject } from '../is-object';
import type { Steps } from '../steps';
import { listAt, objectOf, ownField, type StatePart, statesOf } from './graph';
import { type IntrinsicExpression, isIntrinsic, parseIntrinsic } from './intrinsic';
import { type JsonPath, parseJsonPath } from './json-path';
import { jsonataNodes } from './jsonata-tree';

/** The fields of a state that hold other states, which have references of their own. */
const SCOPES = new Set(['Branches', 'ItemProcessor', 'Iterator']);

/**
 * The variables that each state of a valid definition reads, in alphabetical order, by the state's name; only of states
 * that read any (Step Functions API Reference, DescribeStateMachine, `variableReferences`).
 */
export function* variableReferences(definition: unknown): Steps<Record<string, string[]>> {
  const references: [string, string[]][] = [];
  const states = [...statesOf(definition)];
  const assigned = new Set(states.flatMap(assignedBy));
  if (assigned.size === 0) return {};
  for (const { name, content } of states) {
    const found = new Set<string>();
    collect(content, '', found);
    const variables = [...found].filter((variable) => assigned.has(variable)).sort();
    if (variables.length > 0) references.push([name, variables]);
    yield;
  }
  return Object.fromEntries(references);
}

/** The names of the variables that a state, its rules and its catchers assign. */
export function assignedBy(state: StatePart): string[] {
  const parts = [state, ...listAt(state, 'Choices'), ...listAt(state, 'Catch')];
  return parts.flatMap(({ content }) =>
    Object.keys(objectOf(ownField(content, 'Assign')) ?? {}).map((field) => field.replace(/\.\$$/, '')),
  );
}

function collect(value: unknown, field: string, found: Set<string>): void {
  if (typeof value === 'string') {
    if (value.startsWith('{%')) collectJsonata(value, found);
    else if (field.endsWith('.$') || field.endsWith('Path') || field === 'Variable')
      collectPath(value, found);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, '', found);
  } else if (isObject(value)) {
    for (const [name, content] of Object.entries(value)) if (!SCOPES.has(name)) collect(content, name, found);
  }
}

function collectPath(text: string, found: Set<string>): void {
  try {
    if (isIntrinsic(text)) collectIntrinsic(parseIntrinsic(text), found);
    else collectRoot(parseJsonPath(text), found);
  } catch {
    // A text of a template, in a field that is called like one with a path.
  }
}

function collectIntrinsic(expression: IntrinsicExpression, found: Set<string>): void {
  if (expression.kind === 'path') collectRoot(expression.path, found);
  if (expression.kind !== 'call') return;
  for (const argument of expression.arguments) collectIntrinsic(argument, found);
}

function collectRoot({ root }: JsonPath, found: Set<string>): void {
  if (root.kind === 'variable') found.add(root.name);
}

function collectJsonata(text: string, found: Set<string>): void {
  for (const { type, value } of jsonataNodes(text)) if (type === 'variable') found.add(String(value));
}
