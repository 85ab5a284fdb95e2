import type { HistoryEvent } from '../../history/events';
import type { JournalTable, OpenTable } from '../table';
import { ExecutionStore } from './execution-store';
import type { ExecutionDetails, ExecutionRecord, Revision } from './records';
import { writtenHistory } from './written-history';

/** An execution as version 0.1.0 kept it: all of it in one record, which was set anew when it ended. */
type JournalExecution = Omit<ExecutionRecord, 'revision'> &
  Omit<ExecutionDetails, 'history'> & {
    readonly revision: Revision;
    readonly events: readonly HistoryEvent[];
  };

/** The executions of an account of version 0.1.0, into the tables of today. */
export function journalExecutions(openTable: OpenTable): JournalTable {
  const store = new ExecutionStore(openTable, 0);
  return {
    set: (_, value) => {
      const { input, traceHeader, output, error, cause, revision, events, invocations, ...listed } =
        value as JournalExecution;
      const record: ExecutionRecord = {
        ...listed,
        revision: store.keepRevision(listed.stateMachineArn, revision),
      };
      const history = store.historyOf(record);
      for (const event of events) history.add(event);
      const details: ExecutionDetails = {
        input,
        ...(traceHeader !== undefined && { traceHeader }),
        ...(output !== undefined && { output }),
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
        ...(record.status !== 'RUNNING' && { history: writtenHistory(history) }),
        ...(invocations !== undefined && { invocations }),
      };
      if (record.status === 'RUNNING') store.add(record, details);
      else store.end(record, details);
    },
    delete: (arn) => store.forget(arn),
  };
}
