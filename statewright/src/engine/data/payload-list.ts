import { Payload } from '.';

/** The results of branches or iterations as one list; each keeps its text. */
export function payloadList(results: readonly Payload[]): Payload {
  return Payload.ofText(`[${results.map(({ text }) => text).join(',')}]`);
}
