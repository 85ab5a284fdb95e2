import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { RecordedExecution as Shown } from '../console';
import { readUserFile } from '../user-file';
import { executionsInText } from '../verify/replay/history-files';
import { inferredDefinition } from '../verify/replay/inferred-definition';
import { type RecordedExecution, typeOf } from '../verify/replay/recorded-execution';

/** The executions of a file that the console receives. Their definition is inferred: it has only what they visited. */
export function readRecording(fileName: string, text: string): readonly Shown[] {
  return executionsInText(fileName, text).map((execution) => shown(execution));
}

/**
 * A recorded execution, and the child executions of its distributed Maps, as the console shows them.
 *
 * @param definition as JSON text (default: that of `statewright pull` in the same folder; else it is inferred)
 */
export function recordingsOf(execution: RecordedExecution, definition?: string): readonly Shown[] {
  const { name = '', definition: file = 'definition.asl.json', children = [] } = execution;
  const pulled = join(dirname(name), basename(file));
  const own = definition ?? (existsSync(pulled) ? readUserFile(pulled) : undefined);
  return [shown(execution, own), ...children.map((child) => shown(child))];
}

function shown(execution: RecordedExecution, definition?: string): Shown {
  const { name = 'execution', executionArn, stateMachineArn, events } = execution;
  const [, , , , , , machine = 'history', own] = (executionArn ?? stateMachineArn ?? '').split(':');
  return {
    name: own ?? basename(name).replace(/\.(?:json|jsonl|log)$/, ''),
    stateMachine: machine,
    type: typeOf(execution),
    definition: definition ?? JSON.stringify(inferredDefinition(events)),
    events,
  };
}
