import type { TestStateResponse } from '../../tested-state';

type ApiInspection = NonNullable<TestStateResponse['inspectionData']>;

/** What the state computed, by the names of TestState; JSON texts of the API are values here. */
type Inspection = {
  readonly [F in keyof ApiInspection as F extends 'request' | 'response'
    ? never
    : F]: ApiInspection[F] extends string | undefined ? unknown : ApiInspection[F];
} & Pick<ApiInspection, 'request' | 'response'>;

/** A state that was tested alone. */
export class TestedState {
  /** RETRIABLE: a retrier would run the state again. CAUGHT_ERROR: a catcher handled the error. */
  readonly status: TestStateResponse['status'];
  /** The name of the state that follows; undefined when none does. */
  readonly nextState: string | undefined;
  /** The name of the error that the state failed with or that was handled; undefined when it succeeded. */
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** The parsed output; undefined when the state has none. */
  readonly output: unknown;
  /** Undefined with the inspection level INFO. */
  readonly inspectionData: Inspection | undefined;

  constructor({ status, nextState, error, cause, output, inspectionData }: TestStateResponse) {
    this.status = status;
    this.nextState = nextState;
    this.error = error;
    this.cause = cause;
    this.output = output === undefined ? undefined : JSON.parse(output);
    this.inspectionData = inspectionData && valuesOf(inspectionData);
  }
}

function valuesOf({ request, response, ...data }: ApiInspection): Inspection {
  const values = Object.entries(data).map(([field, value]) => [
    field,
    typeof value === 'string' ? JSON.parse(value) : value,
  ]);
  return { ...Object.fromEntries(values), ...(request && { request }), ...(response && { response }) };
}
