/**
 * Reads the rest of a request that is refused, and keeps nothing of it. Clients read an answer only when they have sent
 * all; where the connection is closed earlier, they see a reset and not the reason. Node ends a request that takes more
 * than five minutes.
 */
export async function discardBody(request: Request): Promise<void> {
  if (request.body === null || request.bodyUsed) return;
  const reader = request.body.getReader();
  while (!(await reader.read()).done);
}
