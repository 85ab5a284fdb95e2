/** What the state machine knows how to handle. Lambda reports an error by its `name`, hence the field. */
export class TestError extends Error {
  override readonly name = TestError.name;
}

/** Fails on purpose when it is asked to: `{"fail": true}`. Any other event, or none, makes it succeed. */
export async function handler(event?: { fail?: unknown } | null): Promise<string> {
  if (event?.fail === true) throw new TestError('asked to fail');
  return 'ok';
}
