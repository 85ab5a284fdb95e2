import type { HistoryEvent } from '../../history/events';
import type { ExecutionPath, StateVisit } from '../../history/execution-path';

/** What a token of the local AWS looks like. */
const TOKEN = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/**
 * The tokens that visits wait for, as far as their parameters have them: a history does not name them.
 * @param isToken tells a token of the execution from any other id in the parameters, such as the token of another one
 */
export function taskTokens(
  history: readonly HistoryEvent[],
  { visitByEvent }: ExecutionPath,
  isToken: (text: string) => boolean,
): ReadonlyMap<StateVisit, string> {
  const tokens = new Map<StateVisit, string>();
  for (const event of history) {
    if (event.type !== 'TaskScheduled') continue;
    const visit = visitByEvent.get(event.id);
    const { resource, parameters } = event.taskScheduledEventDetails;
    if (visit?.status !== 'IN_PROGRESS' || !resource.endsWith('.waitForTaskToken')) continue;
    const token = parameters.match(TOKEN)?.find(isToken);
    if (token !== undefined) tokens.set(visit, token);
  }
  return tokens;
}
