import { type StatesRequest, statesApi } from '../step-functions/requests';
import type { StatesService } from '../step-functions/states-service';
import { type Operations, operationsOf } from './operation';

/** Step Functions' operations. The times of events are epoch seconds in answers, as all other times are. */
export const statesOperations = (states: StatesService): Operations =>
  operationsOf(statesApi, {
    ...states,
    getExecutionHistory: (request: StatesRequest<'GetExecutionHistory'>) => {
      const { events, ...rest } = states.getExecutionHistory(request);
      return { events: events.map((event) => ({ ...event, timestamp: event.timestamp / 1000 })), ...rest };
    },
  });
