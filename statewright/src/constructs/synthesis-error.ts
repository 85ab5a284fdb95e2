import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../user-error';

/** The app cannot be synthesized. The message lists every fault with its place. */
export class SynthesisError extends UserError {
  override readonly name = 'SynthesisError';

  constructor(faults: readonly string[]) {
    super(`The app cannot be synthesized:\n  ${faults.join('\n  ')}`);
  }
}

let reporting = false;

/**
 * From now on an uncaught error ends the process with exit code 1 and a list of faults instead of a stack trace. Has no
 * effect when the process has another listener for uncaught errors, as in a test runner.
 */
export function reportFaults(): void {
  if (reporting) return;
  reporting = true;
  process.on('uncaughtException', (error: unknown) => {
    if (process.listenerCount('uncaughtException') > 1) return;
    console.error((error instanceof SynthesisError ? error : new SynthesisError(faultsOf(error))).message);
    process.exit(1);
  });
}

/** The faults, each with its place in the user's sources: `src/stack.ts:31: There is already a Construct …`. */
function faultsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const [message = '', ...details] = fromHere(error.message).split('\n');
  // tsx and esbuild list the syntax errors of a file below a heading.
  if (error.name === 'TransformError') return details.map((detail) => detail.replace('ERROR: ', ''));
  const [importer] = (error as { requireStack?: string[] }).requireStack ?? [];
  const place = importer === undefined ? placeOf(error) : fromHere(importer);
  const text = [message, ...(importer === undefined ? details : [])].join('\n    ') + hintFor(error);
  return [place === undefined ? text : `${place}: ${text}`];
}

/** The line of the user's sources that is nearest to the error, such as `src/stack.ts:31`. */
function placeOf({ stack = '' }: Error): string | undefined {
  for (const line of stack.split('\n')) {
    // `    at new Stack (/project/src/stack.ts:31:5)`, or `/project/src/stack.js:31` above a syntax error.
    const [, location, number] =
      /(?:^|[ (])((?:file:|\/|[A-Za-z]:\\).*?):(\d+)(?::\d+)?\)?$/.exec(line) ?? [];
    if (location === undefined) continue;
    const file = location.startsWith('file:') ? fileURLToPath(location) : location;
    if (isOfUser(file)) return `${relative(process.cwd(), file)}:${number}`;
  }
  return undefined;
}

function isOfUser(file: string): boolean {
  const ofPackage = file.startsWith(dirname(__dirname) + sep) || file.includes(`${sep}node_modules${sep}`);
  return file.startsWith(process.cwd() + sep) && !ofPackage;
}

/** JavaScript's error for a class or constant that is used before its file has finished loading. */
function hintFor({ message }: Error): string {
  const early = /^Class extends value undefined|^Cannot access '.*' before initialization/.test(message);
  return early ? ' (Do two files import each other?)' : '';
}

/** The text with paths relative to the project's folder. */
function fromHere(text: string): string {
  return text.replaceAll(process.cwd() + sep, '');
}
