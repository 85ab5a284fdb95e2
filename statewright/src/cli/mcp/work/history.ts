import { executionsInText, readHistories } from '../../../verify/replay/history-files';
import type { RecordedExecution } from '../../../verify/replay/recorded-execution';
import { projectPath } from './machine';

/** The recorded executions of a file or a folder, or of a text that is JSON. @throws UserError */
export function recorded(history: string | Readonly<Record<string, unknown>>): readonly RecordedExecution[] {
  if (typeof history === 'string' && !/^\s*[[{]/.test(history)) return readHistories(projectPath(history));
  return executionsInText('history', typeof history === 'string' ? history : JSON.stringify(history));
}
