import { StatesError } from '../../data';

/** What ends a Map Run: its items cannot be read, or its results cannot be written. */
export class MapRunError extends StatesError {
  override readonly name: string = 'MapRunError';
}

export class ItemReaderError extends MapRunError {
  override readonly name = 'ItemReaderError';

  constructor(message: string) {
    super('States.ItemReaderFailed', message);
  }
}

export class ResultWriterError extends MapRunError {
  override readonly name = 'ResultWriterError';

  constructor(message: string) {
    super('States.ResultWriterFailed', message);
  }
}

/** The cause for an execution that was started without an object store. */
export const NO_OBJECT_STORE = 'This execution cannot reach Amazon S3.';
