import { type StatesRequest, statesApi } from '../step-functions/requests';
import type { StatesService } from '../step-functions/states-service';
import { JsonText } from './json-protocol';
import { type Operations, operationsOf } from './operation';

/**
 * Step Functions' operations. The times of events are epoch seconds in answers, as all other times are; a history has no
 * Date, for which its thousands of members would be searched.
 */
export const statesOperations = (states: StatesService): Operations =>
  operationsOf(statesApi, {
    ...states,
    getExecutionHistory: (request: StatesRequest<'GetExecutionHistory'>) => {
      const { events, ...rest } = states.getExecutionHistory(request);
      const inSeconds = events.map((event) => ({ ...event, timestamp: event.timestamp / 1000 }));
      return new JsonText(JSON.stringify({ events: inSeconds, ...rest }));
    },
  });
