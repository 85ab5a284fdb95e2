import type { Terminal } from './terminal';
import { plainText, wrap } from './text';

/** A user's error, in red, with the hint. Ends with a line break. */
export function renderError(error: Error | string, hint: string | undefined, terminal: Terminal): string {
  const message = typeof error === 'string' ? error : error.message;
  const { bad, accent } = terminal.paint;
  return [
    ...labelled(bad('✗ '), message, bad, terminal),
    ...(hint === undefined ? [] : labelled(accent('→ '), hint, String, terminal)),
    '',
  ].join('\n');
}

/** A warning. Ends with a line break. */
export function renderWarning(message: string, terminal: Terminal): string {
  return [...labelled(terminal.paint.warning('! '), message, String, terminal), ''].join('\n');
}

/** A list of commands with their purposes, under a title. Ends with a line break. */
export function renderNextSteps(
  title: string,
  steps: readonly (readonly [command: string, purpose: string])[],
  terminal: Terminal,
): string {
  const width = Math.max(...steps.map(([command]) => command.length));
  const fits = width + 32 < terminal.columns;
  const { strong, accent, faint } = terminal.paint;
  return [
    strong(title),
    ...steps.flatMap(([command, purpose]) => {
      const columns = terminal.columns - 4 - (fits ? width : 2);
      const lines = wrap(purpose, columns).map((line) => faint(line));
      return fits
        ? lines.map((line, i) => `  ${i === 0 ? accent(command.padEnd(width)) : ' '.repeat(width)}  ${line}`)
        : [`  ${accent(command)}`, ...lines.map((line) => `    ${line}`)];
    }),
    '',
  ].join('\n');
}

function labelled(
  label: string,
  text: string,
  paint: (text: string) => string,
  terminal: Terminal,
): string[] {
  return text
    .split('\n')
    .flatMap((line) => wrap(plainText(line), terminal.columns - 2))
    .map((line, i) => (i === 0 ? label : '  ') + paint(line));
}
