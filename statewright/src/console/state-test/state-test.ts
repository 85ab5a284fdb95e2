import type { JsonText } from '../../history/events';

/** A test of one state: a request of TestState (API Reference, TestState). */
export interface StateTest {
  /** A state; with `stateName`, a state machine. */
  readonly definition: string;
  readonly stateName?: string;
  readonly input: JsonText;
  readonly inspectionLevel: 'TRACE';
  readonly roleArn?: string;
  readonly variables?: JsonText;
  /** Only with a mock. */
  readonly context?: JsonText;
  readonly mock?: Mock;
  readonly stateConfiguration?: {
    readonly retrierRetryCount?: number;
    readonly errorCausedByState?: string;
    readonly mapIterationFailureCount?: number;
    readonly mapItemReaderData?: string;
  };
}

/** What takes the place of a state's work. */
export interface Mock {
  readonly result?: JsonText;
  readonly errorOutput?: { readonly error: string; readonly cause?: string };
  readonly fieldValidationMode?: FieldValidationMode;
}

export type FieldValidationMode = 'STRICT' | 'PRESENT' | 'NONE';
