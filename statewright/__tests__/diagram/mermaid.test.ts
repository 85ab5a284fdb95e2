import { renderMermaid } from '../../src/diagram';
import { executionPath } from '../../src/history/execution-path';
import { caught } from '../history/histories';
import { errorHandling, samples } from '../machines';

test('the project’s state machine', () => {
  expect(renderMermaid(errorHandling)).toBe(`\
flowchart TD
  start((Start))
  s1["Test<br/>Task · Lambda Test · Retry"]
  s2["SuccessState<br/>Pass"]
  s3["HandleError<br/>Task · Lambda Error"]
  s4["FailState<br/>Pass"]
  s1 --> s2
  s1 -.->|"Catch TestError"| s3
  s3 --> s4
  finish((End))
  start --> s1
  s2 --> finish
  s4 --> finish
`);
});

test('an execution shows the status of each state', () => {
  const text = renderMermaid(errorHandling, executionPath(caught));
  expect(text).toContain('s1["Test<br/>Task · Lambda Test · Caught error"]\n  class s1 caught\n');
  expect(text).toContain('s2["SuccessState<br/>Pass · Not run"]\n  class s2 not-run\n');
  expect(text).toContain('classDef caught ');
});

test('a Parallel and a Map are subgraphs', () => {
  const text = renderMermaid(samples.parallel?.definition);
  expect(text.match(/^ *subgraph s/gm)).toHaveLength(text.match(/^ *end$/gm)?.length ?? 0);
  expect(text).toContain(
    'subgraph s2["Both · Parallel"]\n    subgraph s2_1[" "]\n      s3["Resize<br/>Pass"]',
  );
  expect(text).toContain('subgraph s5["Pages · Map"]\n        s6["Read page<br/>');
});

test('iterations and retries are counted', () => {
  const { definition, events = [] } = samples['map-iterations'] ?? {};
  const text = renderMermaid(definition, executionPath(events));
  expect(text).toContain('subgraph s1["Each order · Map · Succeeded · 2 items"]');
  expect(text).toContain('s2["Charge<br/>Task · Lambda Charge · Caught error · 2 times · 1 retry"]');
});

test('a name cannot end its label or start markup', () => {
  const text = renderMermaid(samples['names-escaped']?.definition);
  expect(text).toContain('{"#60;script#62;alert(#39;x#39;)#60;/script#62;<br/>Choice"}');
  expect(text).toContain('["A #34;quoted#34; name #38; more<br/>');
});
