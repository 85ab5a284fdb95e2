/**
 * Writes the histories that `histories.test.ts` replays: runs each machine on the local Step Functions.
 *
 *   node --conditions=statewright-source --import tsx statewright/__tests__/verify/replay/record.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toAwsHistoryJson } from '../../../src/history/aws-history';
import { deployDefinition, type TestExecution } from '../../../src/testing';
import { machines } from './machines';

/** `caught-error` of `caught error`. */
const fileName = (name: string) => name.replace(/\W+/g, '-');

const FOLDER = join(__dirname, 'histories');

/** As `statewright pull` writes it: what GetExecutionHistory answered, and which execution it is. */
function write(name: string, execution: TestExecution, mapRunArn?: string): void {
  const { events } = JSON.parse(toAwsHistoryJson(execution.events));
  const { executionArn } = execution;
  const content = { execution: { executionArn, ...(mapRunArn && { mapRunArn }) }, events };
  writeFileSync(join(FOLDER, `${fileName(name)}.json`), `${JSON.stringify(content, null, 1)}\n`);
}

async function record(name: string): Promise<void> {
  const { definition, input, standIns } = machines[name] as (typeof machines)[string];
  const workflow = await deployDefinition(definition, { name: fileName(name) });
  for (const [target, answer] of Object.entries(standIns)) workflow.replace(target, answer);
  const execution = await workflow.run(input);
  write(name, execution);
  const run = execution.events.find((event) => event.type === 'MapRunStarted');
  const mapRunArn = run?.type === 'MapRunStarted' ? run.mapRunStartedEventDetails.mapRunArn : undefined;
  execution.children.forEach((child, index) => {
    write(`${name}, child ${index + 1}`, child, mapRunArn);
  });
  await workflow.close();
}

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of Object.keys(machines)) await record(name);
}

void main();
