import { createTerminal } from '../../../src/cli/terminal';

const write = () => true;
const painted = (isTTY: boolean, env: Record<string, string>) =>
  createTerminal({ stream: { isTTY, columns: 80, write }, env }).paint.bad('x') !== 'x';

describe('colour', () => {
  test.each([
    ['a terminal', true, {}, true],
    ['a terminal that cannot', true, { TERM: 'dumb' }, false],
    ['a file', false, {}, false],
    ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['a file with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
    ['a terminal with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
    ['both set', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ])('on %s', (_, isTTY, env, expected) => {
    expect(painted(isTTY, env as Record<string, string>)).toBe(expected);
  });

  test('follows the option, whatever the stream', () => {
    expect(createTerminal({ stream: { write }, color: true, env: {} }).paint.good('x')).toBe(
      '\u001b[32mx\u001b[39m',
    );
  });
});

test('the width is that of the stream, and infinite if it is not a terminal', () => {
  expect(createTerminal({ stream: { isTTY: true, columns: 42, write }, env: {} }).columns).toBe(42);
  expect(createTerminal({ stream: { write }, env: {} }).columns).toBe(Number.POSITIVE_INFINITY);
});
