/** Errors of the kit point to the line of the test, not to one of the kit's: jest shows the first stack frame. */
import {
  deployDefinition,
  deployStack,
  functionArn,
  returns,
  sequence,
  type Workflow,
} from '../../src/testing';
import { task } from './machines';

let workflow: Workflow;
beforeAll(async () => {
  workflow = await deployDefinition(task(functionArn('Work')));
});

test.each<[string, () => unknown]>([
  ['deployDefinition', () => deployDefinition({ StartAt: 'A' })],
  ['deployStack', () => deployStack('nowhere')],
  ['replace', () => workflow.replace('Wrok', returns(1))],
  ['replace with something that is not an answer', () => workflow.replace('Work', 1 as never)],
  ['sequence', () => sequence(1 as never)],
  ['restore', () => workflow.restore('Wrok')],
  ['run', () => workflow.run()],
  ['run with something that is not an input', () => workflow.run(() => 1)],
  [
    'an expectation',
    async () => expect(await workflow.replace('Work', returns(1)).run()).toHaveVisited('Wrok'),
  ],
])('%s', async (_, act) => {
  const error: Error = await (async () => act())().then(
    () => new Error('There was none.'),
    (thrown) => thrown,
  );
  const [first] = (error.stack ?? '').split('\n').filter((line) => /^ +at (?!.*node_modules)/.test(line));
  expect(first).toContain('call-site.test.ts');
  expect(error.stack).toMatch(/^\w+Error: /);
});
