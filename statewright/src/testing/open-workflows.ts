import type { Workflow } from './workflow';

const open = new Set<Workflow>();

// In a test file, and in a setup file of jest's, hooks can be set; elsewhere whoever deploys closes.
if (typeof afterAll === 'function') {
  afterAll(async () => {
    await Promise.all([...open].map((workflow) => workflow.close()));
    open.clear();
  });
}

/** Has the workflow closed after the last test of the file. */
export function closeAfterTests(workflow: Workflow): Workflow {
  open.add(workflow);
  return workflow;
}
