import { renderOutline } from '../../src/diagram';
import { executionPath } from '../../src/history/execution-path';
import { caught } from '../history/histories';
import { errorHandling, samples } from '../machines';

test('each state, and where it leads', () => {
  expect(renderOutline(errorHandling)).toBe(`\
Start → Test
Test · Task · Lambda Test · Retry
  → SuccessState
  → HandleError  (Catch TestError)
SuccessState · Pass
  → End
HandleError · Task · Lambda Error
  → FailState
FailState · Pass
  → End
`);
});

test('an execution shows the status of each state', () => {
  const text = renderOutline(errorHandling, executionPath(caught));
  expect(text).toContain('Test · Task · Lambda Test · Caught error\n');
  expect(text).toContain('SuccessState · Pass · Not run\n');
});

test('the states inside a Parallel and a Map are indented', () => {
  expect(renderOutline(samples.parallel?.definition)).toContain(`
Both · Parallel
  │ Start → Resize
  │ Resize · Pass
  │   → Store
  │ Store · Pass
  │   → End
  │ Start → Pages
  │ Pages · Map
  │   │ Start → Read page
`);
});

test('a name stays on its line', () => {
  const name = 'two\nlines\u001b[31m';
  const text = renderOutline({ StartAt: name, States: { [name]: { Type: 'Succeed' } } });
  expect(text).toBe('Start → two lines [31m\ntwo lines [31m · Succeed\n  → End\n');
});
