import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Context } from 'hono';

/**
 * Reads the rest of a request that is refused, and keeps nothing of it. Clients read an answer only when they have sent
 * all; where the connection is closed earlier, they see a reset and not the reason. Node ends a request that takes more
 * than five minutes.
 */
export async function discardBody({ env, req }: Context): Promise<void> {
  const { incoming } = (env ?? {}) as { incoming?: IncomingMessage };
  if (incoming?.readableFlowing === null) {
    // Nobody has begun to read it: Node's own stream costs less than a web stream.
    incoming.resume();
    await finished(incoming, { writable: false }).catch(() => {});
    return;
  }
  if (req.raw.body === null || req.raw.bodyUsed) return;
  const reader = req.raw.body.getReader();
  while (!(await reader.read()).done);
}
