import { AwsError } from '../aws-error';
import type { ExecutionEnvironment } from './execution-environment';

/** An environment in the pool. */
interface Member {
  /** A restart replaces it. */
  environment: ExecutionEnvironment;
  /** The function's name. */
  readonly functionName: string;
  /** Identifies what it runs: a change of code or configuration changes the key. */
  readonly key: string;
  /** Set when the function was changed or deleted: the environment gets no further invocations. */
  retired: boolean;
  cancelIdleTimer: () => void;
  /** Resolves when its last process has ended. */
  readonly ended: Promise<void>;
  readonly hasEnded: () => void;
}

export interface PoolOptions {
  /** How many environments work at once while they keep the processors busy; further invocations wait. */
  readonly size: number;
  /** The maximum that works at once, when the environments themselves are only waiting. */
  readonly most: number;
  /** How long an idle environment is kept, in milliseconds; a tenth of that when more than `size` exist. */
  readonly idleTime: number;
  /** Whether the processors have been mostly idle since the last call. */
  readonly processorsIdle: () => boolean;
  /**
   * How long nothing may finish, in milliseconds, until the pool counts as stuck: all of it may wait for an invocation
   * that waits for it, as when a function calls itself. Default: 10 seconds.
   */
  readonly stuckTime?: number;
}

/** An invocation whose turn has come. */
export interface PooledWork<T> {
  readonly functionName: string;
  readonly key: string;
  /** @param failed the environment that it replaces, if any */
  readonly start: (failed?: ExecutionEnvironment) => ExecutionEnvironment;
  readonly use: (lease: Lease) => Promise<T>;
}

/** An environment for an invocation, and whether it was started for it. */
export interface Lease {
  readonly environment: ExecutionEnvironment;
  readonly cold: boolean;
  /** Ends the environment and starts another in its place. */
  readonly restart: () => Promise<ExecutionEnvironment>;
}

/** How often the pool checks whether waiting invocations can run, in milliseconds. */
const LOOK_INTERVAL = 50;
const STUCK_TIME = 10_000;

/** The execution environments of all functions: warm ones are reused, and their number is limited. */
export class EnvironmentPool {
  /** The longest idle first. */
  #idle: Member[] = [];
  readonly #busy = new Set<Member>();
  #waiting: Waiter[] = [];
  #turns = 0;
  /** When one began or ended at last; as `performance.now()`. */
  #movedAt = 0;
  #looking: NodeJS.Timeout | undefined;
  #closed = false;
  readonly #options: PoolOptions;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /**
   * Runs work in an environment: an idle one with the same key, otherwise a new one. Calls are served in order. What a
   * call runs is looked up only when its turn has come, because its function may be changed or deleted until then.
   * @param patient whether it waits as long as it takes; otherwise it is refused when the pool is stuck
   * @throws AwsError ServiceException when the pool closes first, TooManyRequestsException when it is stuck
   */
  async run<T>(next: () => PooledWork<T> | Promise<PooledWork<T>>, patient = false): Promise<T> {
    await this.#turn(patient);
    try {
      const work = await next();
      if (this.#closed) throw closing();
      const warm = this.#takeIdle(work.key);
      if (!warm) this.#makeRoom();
      const member = warm ?? this.#started(work);
      try {
        return await work.use(this.#lease(member, !warm, work.start));
      } finally {
        this.#giveBack(member);
      }
    } finally {
      this.#passTurn();
    }
  }

  /**
   * Ends a function's environments: idle ones at once, busy ones when they have finished. Resolves when all have ended.
   */
  async retire(functionName: string): Promise<void> {
    const members = [...this.#busy, ...this.#idle].filter((member) => member.functionName === functionName);
    for (const member of members) {
      member.retired = true;
      if (!this.#busy.has(member)) this.#end(member);
    }
    await Promise.all(members.map(({ ended }) => ended));
  }

  /** Ends all environments, also busy ones; resolves when all have ended. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#looking);
    for (const { reject } of this.#waiting.splice(0)) reject(closing());
    const members = [...this.#busy, ...this.#idle];
    for (const member of members) member.cancelIdleTimer();
    this.#idle = [];
    await Promise.all(members.map(kill));
  }

  /** Waits until fewer than `size` environments work. A turn is passed directly, so that no other call can take it. */
  #turn(patient: boolean): Promise<void> {
    if (this.#closed) throw closing();
    if (this.#turns < this.#options.size) {
      this.#turns++;
      this.#movedAt = performance.now();
      return Promise.resolve();
    }
    if (this.#looking === undefined) {
      // Starts a new measurement: what the processors did before does not count.
      this.#options.processorsIdle();
      this.#looking = setInterval(() => this.#look(), LOOK_INTERVAL);
    }
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject, patient }));
  }

  /**
   * Lets more environments work when invocations wait although the processors are idle: the busy environments are then
   * waiting themselves, for time to pass or even for the waiting invocations.
   */
  #look(): void {
    if (this.#waiting.length === 0) {
      clearInterval(this.#looking);
      this.#looking = undefined;
    } else if (this.#options.processorsIdle()) {
      const more = Math.min(this.#options.size, this.#options.most - this.#turns);
      for (const { resolve } of this.#waiting.splice(0, Math.max(more, 0))) {
        this.#turns++;
        this.#movedAt = performance.now();
        resolve();
      }
      if (performance.now() - this.#movedAt > (this.#options.stuckTime ?? STUCK_TIME))
        this.#refuseImpatient();
    }
  }

  #refuseImpatient(): void {
    const impatient = this.#waiting.filter(({ patient }) => !patient);
    this.#waiting = this.#waiting.filter(({ patient }) => patient);
    for (const { reject } of impatient) reject(stuck(this.#options));
  }

  #takeIdle(key: string): Member | undefined {
    // The most recently used one is most likely still in the caches.
    const at = this.#idle.findLastIndex((member) => member.key === key && member.environment.alive);
    const [member] = at === -1 ? [] : this.#idle.splice(at, 1);
    if (!member) return undefined;
    member.cancelIdleTimer();
    this.#busy.add(member);
    return member;
  }

  /** Ends the longest idle environment when, with one more, there would be too many. */
  #makeRoom(): void {
    const [oldest] = this.#idle;
    if (oldest && this.#idle.length + this.#busy.size >= this.#options.most) this.#end(oldest);
  }

  #started<T>({ functionName, key, start }: PooledWork<T>): Member {
    let hasEnded = () => {};
    const ended = new Promise<void>((resolve) => {
      hasEnded = resolve;
    });
    const environment = start();
    const member = {
      environment,
      functionName,
      key,
      retired: false,
      cancelIdleTimer: () => {},
      ended,
      hasEnded,
    };
    this.#busy.add(member);
    return member;
  }

  #lease(member: Member, cold: boolean, start: PooledWork<unknown>['start']): Lease {
    const restart = async () => {
      await member.environment.kill();
      if (this.#closed) throw closing();
      member.environment = start(member.environment);
      return member.environment;
    };
    return { environment: member.environment, cold, restart };
  }

  #giveBack(member: Member): void {
    this.#busy.delete(member);
    if (member.retired || this.#closed || !member.environment.alive) {
      this.#end(member);
      return;
    }
    const { size, idleTime } = this.#options;
    const timer = setTimeout(() => this.#end(member), this.#idle.length < size ? idleTime : idleTime / 10);
    timer.unref();
    member.cancelIdleTimer = () => clearTimeout(timer);
    this.#idle.push(member);
  }

  #passTurn(): void {
    this.#movedAt = performance.now();
    const next = this.#waiting.shift();
    if (next) next.resolve();
    else this.#turns--;
  }

  #end(member: Member): void {
    member.cancelIdleTimer();
    this.#idle = this.#idle.filter((other) => other !== member);
    void kill(member);
  }
}

const kill = ({ environment, hasEnded }: Member): Promise<void> => environment.kill().then(hasEnded);

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: AwsError) => void;
  readonly patient: boolean;
}

const stuck = ({ most, stuckTime = STUCK_TIME }: PoolOptions) =>
  new AwsError(
    'TooManyRequestsException',
    `Rate Exceeded. All ${most} environments of the local AWS are in use, and none has finished for ${stuckTime / 1000} s. Does a function call itself?`,
    429,
    { Reason: 'ConcurrentInvocationLimitExceeded' },
  );

const closing = () => new AwsError('ServiceException', 'The local AWS is closing.', 500);
