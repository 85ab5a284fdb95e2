import { createTerminal, renderWarning } from './terminal';

/** Prints warnings of this package like its errors. Those of Node.js (deprecations, experiments) keep its own form. */
export function printWarnings(): void {
  const [asNode] = process.listeners('warning');
  // `--no-warnings`: Node.js prints none.
  if (asNode === undefined) return;
  process.removeAllListeners('warning').on('warning', (warning) => {
    if (warning.name !== 'Warning') return asNode(warning);
    const terminal = createTerminal({ stream: process.stderr });
    terminal.write(renderWarning(warning.message, terminal));
  });
}
