import { comparedVisits, isDifferent } from '../../src/console/comparison';
import { executionPath } from '../../src/history/execution-path';
import { type EventSpec, history } from '../history/histories';

/** An execution of Pass states, as `A` or `A:output`. */
const run = (...states: readonly string[]) =>
  executionPath(
    history(
      { type: 'ExecutionStarted', input: '{}' },
      ...states.flatMap((state): EventSpec[] => {
        const [name = '', output = '{}'] = state.split(':');
        return [
          { type: 'PassStateEntered', name, input: '{}' },
          { type: 'PassStateExited', name, output },
        ];
      }),
    ),
  );

const compare = (first: ReturnType<typeof run>, second: ReturnType<typeof run>) =>
  comparedVisits(first, second).map((visit) => {
    const mark = visit.first ? (visit.second ? (isDifferent(visit) ? '!' : '=') : '<') : '>';
    return `${mark}${visit.name}`;
  });

test('the visits of a loop are compared one by one, and what only one has is at its place', () => {
  expect(compare(run('A', 'B', 'B:1', 'C'), run('A', 'B', 'B:2', 'B', 'C'))).toEqual([
    '=A',
    '=B',
    '!B',
    '>B',
    '=C',
  ]);
  expect(compare(run('B', 'C'), run('A', 'B', 'D'))).toEqual(['>A', '=B', '>D', '<C']);
});

test('items of a Map are compared with the same items', () => {
  const map = (...items: readonly string[]) =>
    executionPath(
      history(
        { type: 'ExecutionStarted', input: '{}' },
        { type: 'MapStateEntered', name: 'Each', input: '{}' },
        { type: 'MapStateStarted', length: items.length },
        ...items.flatMap((output, index): EventSpec[] => [
          { type: 'MapIterationStarted', name: 'Each', index, from: 3 },
          { type: 'PassStateEntered', name: 'Look', input: '{}' },
          { type: 'PassStateExited', name: 'Look', output },
        ]),
      ),
    );
  expect(compare(map('1', '2'), map('1', '3', '4'))).toEqual(['=Each', '=Look', '!Look', '>Look']);
});
