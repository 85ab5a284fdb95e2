import type { JsonText } from '../../history/events';
import type { ErrorHandler, InspectionData } from '../../tested-state';
import type { Payload } from '../data';
import type { Failure } from './failure';

/** A field of a type, which a step of the state reports. */
type Reported<T> = {
  readonly [F in keyof InspectionData as Required<InspectionData>[F] extends T ? F : never]: T;
};

/** What takes the place of a state's work: of a call, of branches or of iterations. */
export type Mock = { readonly output: JsonText } | { readonly failure: Failure };

/** The test of one state (TestState). A visit of an execution has none. */
export interface Inspection {
  readonly mock: Mock | undefined;
  /** The data that an ItemReader would read. */
  readonly itemReaderData: string | undefined;
  /** How many iterations of a Map have failed. */
  readonly failedIterations: number;
  report<F extends keyof Reported<JsonText>>(field: F, value: JsonText): void;
  reportNumber<F extends keyof Reported<number>>(field: F, value: number): void;
  /** Called before an error is handled. A test ends before a retry. */
  handled(failure: Failure, details: ErrorHandler): void;
}

/** A test that its caller has to correct; the message is AWS's. */
export class StateTestError extends Error {
  override readonly name = 'StateTestError';
}

/** Reports a payload, and returns it. */
export function inspected(
  { inspection }: { readonly inspection?: Inspection | undefined },
  field: keyof Reported<JsonText>,
  payload: Payload,
): Payload {
  inspection?.report(field, payload.text);
  return payload;
}
