import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** How long after a signal npm may pass on the same one, in milliseconds. */
const PASSED_ON = 300;

/**
 * Resolves at the first Ctrl-C or SIGTERM, or when the terminal is closed. A second one ends the process at once,
 * whatever the orderly end waits for. A SIGTERM for npm alone ends npm and its shell, and reaches nobody else: there,
 * that the shell has gone is the signal.
 */
export function stopSignal(): Promise<void> {
  // npm passes on the Ctrl-C that the terminal has already sent to everyone.
  const { npm_lifecycle_event: script } = process.env;
  const passedOn = script === undefined ? 0 : PASSED_ON;
  return new Promise((resolve) => {
    let first: number | undefined;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (first !== undefined && performance.now() - first >= passedOn) {
          process.exit(128 + constants.signals[signal]);
        }
        first ??= performance.now();
        resolve();
      });
    }
    if (script === undefined) return;
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) resolve();
    }, 500).unref();
  });
}

/** Runs `clean` when the process ends, also at a signal that nothing else handles. */
export function atEnd(clean: () => void): void {
  process.once('exit', clean);
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      if (process.listenerCount(signal) === 0) process.exit(128 + constants.signals[signal]);
    });
  }
}
