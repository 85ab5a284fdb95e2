import { cpus } from 'node:os';

/** Half of the processors' time, so that one that is busy with something else does not matter. */
const IDLE_SHARE = 0.5;

/** Returns whether this machine's processors have been mostly idle since the last call. */
export function processorsIdle(): () => boolean {
  let last = times();
  return () => {
    const { idle, all } = last;
    last = times();
    return last.idle - idle > (last.all - all) * IDLE_SHARE;
  };
}

/** The time of all processors since the machine's start, in milliseconds. */
function times(): { readonly idle: number; readonly all: number } {
  const each = cpus().map(({ times }) => times);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    idle: sum(each.map(({ idle }) => idle)),
    all: sum(each.flatMap((time) => Object.values(time))),
  };
}
