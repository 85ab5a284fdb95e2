import { eventDetails } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import type { Difference, Outcome } from './replay';
import type { ValueDifference } from './value-difference';

/** How many values of one difference a description shows. */
const MAX_VALUES = 3;
const MAX_LENGTH = 80;

/** A difference in one line: what was recorded, then what is now. */
export function describeDifference(difference: Difference): string {
  switch (difference.kind) {
    case 'incomplete':
      return `the history is not complete: ${difference.problems.join('; ')}`;
    case 'unanswered':
      return `${difference.state} has no answer, the comparison ends there: ${difference.reason}`;
    case 'outcome': {
      const { recorded, now, values } = difference;
      const isOther = recorded.status !== now.status || recorded.error !== now.error;
      return isOther
        ? `ended ${describeOutcome(recorded)}, ends ${describeOutcome(now)} now`
        : `ends ${now.status} with another result: ${describeValues(values)}`;
    }
    case 'path': {
      const { recorded, now, state } = difference;
      const isNamed = [recorded, now].some((event) => event && nameIn(event) !== undefined);
      const where = state === undefined || isNamed ? '' : ` of ${state}`;
      return `event ${(recorded ?? now)?.id}${where}: ${describeEvent(recorded)}, now ${describeEvent(now)}`;
    }
    case 'data':
      return `event ${difference.recorded?.id}, ${describeEvent(difference.recorded)}: ${describeValues(difference.values)}`;
    case 'parameters':
      return `${difference.state} gets other parameters: ${describeValues(difference.values)}`;
    case 'new-state':
      return `${difference.state} is new`;
    case 'renamed-state':
      return `${difference.recorded} is named ${difference.state} now`;
  }
}

/** Such as `FAILED (CardDeclined)`. */
export function describeOutcome({ status, error }: Outcome): string {
  return error === undefined ? status : `${status} (${error})`;
}

function describeEvent(event: HistoryEvent | undefined): string {
  if (event === undefined) return 'nothing';
  return [event.type, nameIn(event)].filter(Boolean).join(' ');
}

function nameIn(event: HistoryEvent): string | undefined {
  const { name, state } = eventDetails(event);
  return name ?? state;
}

function describeValues(values: readonly ValueDifference[]): string {
  const shown = values.slice(0, MAX_VALUES).map(({ path, ...sides }) => {
    const [recorded, now] = [describeValue(sides.recorded), describeValue(sides.now)];
    if (recorded === undefined) return `${path} is new: ${now}`;
    return now === undefined ? `${path} is missing, was ${recorded}` : `${path} was ${recorded}, is ${now}`;
  });
  const more = values.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function describeValue(value: unknown): string | undefined {
  const text = JSON.stringify(value);
  return text !== undefined && text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
