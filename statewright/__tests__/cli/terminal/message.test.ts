import { renderError, renderNextSteps } from '../../../src/cli/terminal';
import { recordingTerminal } from './stand-in';

describe('renderError', () => {
  test('shows the error and the hint', () => {
    expect(renderError(new Error('The input is not JSON'), 'Put it in quotes', recordingTerminal())).toBe(
      '✗ The input is not JSON\n→ Put it in quotes\n',
    );
  });

  test('is red on a terminal, and wrapped under its mark', () => {
    const terminal = recordingTerminal({ isTTY: true, columns: 16, color: true });
    expect(renderError('The input is not JSON', undefined, terminal)).toBe(
      '\u001b[31m✗ \u001b[39m\u001b[31mThe input is\u001b[39m\n  \u001b[31mnot JSON\u001b[39m\n',
    );
  });
});

describe('renderNextSteps', () => {
  const steps = [
    ['npm run local', 'the console in a browser'],
    ['npm test', 'the checks'],
  ] as const;

  test('aligns the commands', () => {
    expect(renderNextSteps('Next steps', steps, recordingTerminal())).toBe(
      'Next steps\n  npm run local  the console in a browser\n  npm test       the checks\n',
    );
  });

  test('puts them on separate lines on a narrow terminal', () => {
    const terminal = recordingTerminal({ isTTY: true, columns: 30, color: false });
    expect(renderNextSteps('Next steps', steps, terminal)).toBe(
      'Next steps\n  npm run local\n    the console in a browser\n  npm test\n    the checks\n',
    );
  });
});
