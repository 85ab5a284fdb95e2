/** The error that the state machine handles. Lambda reports an error by its `name`, so the class sets it. */
export class TestError extends Error {
  override readonly name = TestError.name;
}

/** Fails when asked to, by `{"fail": true}`; succeeds for any other event, or without one. */
export async function handler(event?: { fail?: unknown } | null): Promise<string> {
  if (event?.fail === true) throw new TestError('asked to fail');
  return 'ok';
}
