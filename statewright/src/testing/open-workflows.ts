import type { Workflow } from './workflow';

const open = new Set<Workflow>();

/** Remembers a workflow, to be closed after the last test of the file. */
export function closeAfterTests(workflow: Workflow): Workflow {
  open.add(workflow);
  return workflow;
}

/** Closes every workflow that is still open. */
export async function closeOpenWorkflows(): Promise<void> {
  await Promise.all([...open].map((workflow) => workflow.close()));
  open.clear();
}
