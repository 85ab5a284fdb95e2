import pc from 'picocolors';

/** An output stream, such as `process.stdout`. */
interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** An output with its width, its colours, and whether its lines can be redrawn. */
export interface Terminal {
  /** The width; Infinity if the output is not a terminal, so that nothing is cut. */
  readonly columns: number;
  /** Whether the output is a terminal whose lines can be redrawn. */
  readonly interactive: boolean;
  readonly paint: Paint;
  write(text: string): void;
}

/** The colours by their meaning. Each returns its text unchanged if colour is off. */
export type Paint = Readonly<
  Record<'strong' | 'faint' | 'good' | 'bad' | 'warning' | 'accent', (text: string) => string>
>;

interface TerminalOptions {
  /** The output stream (default: `process.stdout`). */
  readonly stream?: OutputStream;
  /** The width in columns (default: the stream's own width). */
  readonly columns?: number;
  /** Whether to use colour (default: from the stream and the environment). */
  readonly color?: boolean;
  /** The environment variables (default: `process.env`). */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export function createTerminal(options: TerminalOptions = {}): Terminal {
  const { stream = process.stdout, env = process.env } = options;
  const interactive = stream.isTTY === true && env.TERM !== 'dumb';
  return {
    // A terminal that does not know its width reports 0.
    columns: options.columns ?? (stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY),
    interactive,
    paint: createPaint(options.color ?? wantsColor(interactive, env)),
    write: (text) => void stream.write(text),
  };
}

/** NO_COLOR (no-color.org) overrides FORCE_COLOR, which overrides the default: colour on a terminal only. */
function wantsColor(interactive: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return interactive;
}

function createPaint(color: boolean): Paint {
  const { bold, dim, green, red, yellow, cyan } = pc.createColors(color);
  return { strong: bold, faint: dim, good: green, bad: red, warning: yellow, accent: cyan };
}
