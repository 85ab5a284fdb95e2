import pc from 'picocolors';

/** What is known of an output stream; `process.stdout` is one. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A place to print to: how wide it is, whether it takes colour, whether its lines can be redrawn. */
export interface Terminal {
  /** Infinity where the output is not a terminal: nothing is cut there. */
  readonly columns: number;
  /** Whether a person watches: a line may be drawn over. */
  readonly interactive: boolean;
  readonly paint: Paint;
  write(text: string): void;
}

/** The colours by what they mean. Each returns its text as it is where colour is off. */
export type Paint = Readonly<
  Record<'strong' | 'faint' | 'good' | 'bad' | 'warning' | 'accent', (text: string) => string>
>;

export interface TerminalOptions {
  /** `process.stdout` unless told otherwise. */
  readonly stream?: OutputStream;
  /** The stream's own width unless told otherwise. */
  readonly columns?: number;
  /** As the stream and the environment say unless told otherwise. */
  readonly color?: boolean;
  /** `process.env` unless told otherwise. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export function createTerminal(options: TerminalOptions = {}): Terminal {
  const { stream = process.stdout, env = process.env } = options;
  const interactive = stream.isTTY === true && env.TERM !== 'dumb';
  return {
    // A terminal that does not know its width says 0.
    columns: options.columns ?? (stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY),
    interactive,
    paint: createPaint(options.color ?? wantsColor(interactive, env)),
    write: (text) => void stream.write(text),
  };
}

/** NO_COLOR (no-color.org) wins over FORCE_COLOR, and that over the question whether a person watches. */
function wantsColor(interactive: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return interactive;
}

function createPaint(color: boolean): Paint {
  const { bold, dim, green, red, yellow, cyan } = pc.createColors(color);
  return { strong: bold, faint: dim, good: green, bad: red, warning: yellow, accent: cyan };
}
