import { Progress } from '../../../src/cli/terminal';
import { ManualClock, recordingTerminal } from './stand-in';

test('an output that is not a terminal gets a line per step, without control characters', () => {
  const terminal = recordingTerminal();
  const clock = new ManualClock();
  const progress = new Progress(terminal, clock);
  progress.start('Synthesizing');
  clock.advance(3_412);
  progress.succeed('Synthesized the stack');
  progress.start('Deploying');
  progress.step('aws_iam_role.test');
  clock.advance(20);
  progress.fail();
  expect(terminal.written()).toBe(
    '  ✓ Synthesized the stack  3.41 s\n    aws_iam_role.test\n  ✗ Deploying  20 ms\n',
  );
});

test('run makes work a step, which ends like the work', async () => {
  const terminal = recordingTerminal();
  const progress = new Progress(terminal, new ManualClock());
  expect(await progress.run('Adding', () => 1 + 1)).toBe(2);
  const refused = progress.run('Deploying', () => Promise.reject(new Error('refused')));
  await expect(refused).rejects.toThrow('refused');
  expect(terminal.written()).toBe('  ✓ Adding  0 ms\n  ✗ Deploying  0 ms\n');
});

describe('on a terminal', () => {
  test('a spinner appears after half a second, and goes when the step ends', () => {
    const terminal = recordingTerminal({ isTTY: true, color: false });
    const clock = new ManualClock();
    const progress = new Progress(terminal, clock);
    progress.start('Deploying');
    clock.advance(480);
    expect(terminal.written()).toBe('');
    clock.advance(90);
    expect(terminal.written()).toBe('\r\u001b[2K  ⠋ Deploying  0 ms');
    progress.succeed();
    expect(terminal.written()).toBe('\r\u001b[2K  ⠋ Deploying  0 ms\r\u001b[2K  ✓ Deploying  570 ms\n');
    expect(clock.timers).toBe(0);
  });

  test('a blocking step is shown at once', () => {
    const terminal = recordingTerminal({ isTTY: true, color: false });
    const progress = new Progress(terminal, new ManualClock());
    progress.start('Synthesizing', true);
    expect(terminal.written()).toBe('\r\u001b[2K  ⠋ Synthesizing  0 ms');
  });

  test('a long label is cut to one line', () => {
    const terminal = recordingTerminal({ isTTY: true, color: false, columns: 40 });
    const clock = new ManualClock();
    const progress = new Progress(terminal, clock);
    progress.start('Deploying a stack with a very long name indeed');
    clock.advance(2_000);
    const [last] = terminal.written().split('\u001b[2K').slice(-1);
    expect(last).toBe('  ⠇ Deploying a stack with a very…  2 s');
  });

  test('a new step ends the one that ran', () => {
    const terminal = recordingTerminal({ isTTY: true, color: false });
    const clock = new ManualClock();
    const progress = new Progress(terminal, clock);
    progress.start('One');
    progress.start('Two');
    progress.succeed();
    expect(terminal.written()).toBe('  ✓ One  0 ms\n  ✓ Two  0 ms\n');
    expect(clock.timers).toBe(0);
  });
});
