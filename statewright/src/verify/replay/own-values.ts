const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
/** The account of definitions that are not deployed, with the region before it in an ARN. */
const NO_ACCOUNT = /(?:[a-z\d-]*:)?000000000000/g;
/** A cause names its state's Entered event, whose number depends on what other branches do. */
const EVENT_ID = /\(entered at the event id #\d+\)/g;

/**
 * The values that an execution makes itself, which are others in each execution: ids, task tokens, times, and the names
 * of an account that nothing is deployed to. What takes the place of an unknown value equals anything.
 */
export class OwnValues {
  readonly #ids = new Set<string>();
  readonly #start: number;
  readonly #now: () => number;

  readonly #fictitious: readonly string[];

  /**
   * @param clock the time of the execution, which starts now, in epoch milliseconds
   * @param fictitious what takes the place of values that only a deployment knows
   */
  constructor(clock: { now(): number }, fictitious: readonly string[] = []) {
    this.#fictitious = fictitious;
    this.#start = clock.now();
    this.#now = () => clock.now();
  }

  /** A new id: a UUID that no other execution has. */
  readonly newId = (): string => {
    const id = `ffffffff-ffff-4fff-bfff-${String(this.#ids.size + 1).padStart(12, '0')}`;
    this.#ids.add(id);
    return id;
  };

  /** Whether two texts are equal but for such values. */
  isSame(recorded: string, now: string): boolean {
    if (recorded === now) return true;
    const patterns: string[] = [];
    const put = (pattern: string): string => `\0${patterns.push(pattern) - 1}\0`;
    const known = this.#fictitious.reduce((text, value) => text.replaceAll(value, () => put('.+')), now);
    const marked = known
      .replace(UUID, (id) => (this.#ids.has(id) ? put('.+') : id))
      .replace(TIME, (time) => (this.#isNow(Date.parse(time)) ? put(TIME.source) : time))
      .replace(NO_ACCOUNT, (text) => put(text.includes(':') ? '[a-z\\d-]*:\\d{12}' : '\\d{12}'))
      .replace(EVENT_ID, () => put(EVENT_ID.source));
    if (patterns.length === 0) return false;
    const source = escapePattern(marked).replace(/\0(\d+)\0/g, (_, index) => patterns[Number(index)] ?? '');
    return new RegExp(`^${source}$`, 's').test(recorded);
  }

  #isNow(time: number): boolean {
    return time >= this.#start - 1 && time <= this.#now();
  }
}

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
