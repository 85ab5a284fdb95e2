/** Random numbers that are the same on every run. They make jitter, `States.MathRandom` and `States.UUID` repeatable. */
export class SeededRandom {
  #state: number;
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;

    this.#state = seed >>> 0;
  }

  /** Restarts the same sequence of numbers. */
  restart(): void {
    this.#state = this.#seed >>> 0;
  }

  /** In [0, 1). Steps a Weyl sequence and mixes its bits (the SplitMix scheme, with 32 bits). */
  readonly number = (): number => {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let bits = this.#state;
    bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
  };

  /** A UUID, version 4. */
  readonly uuid = (): string =>
    'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) => {
      const digit = Math.floor(this.number() * 16);
      return (place === 'x' ? digit : (digit & 3) | 8).toString(16);
    });
}
