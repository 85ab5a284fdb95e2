import { cpus } from 'node:os';

/** Half of the processors' time: one that is busy with something else does not count against the others. */
const IDLE_SHARE = 0.5;

/** Tells whether this machine's processors have been idle, mostly, since that was last asked. */
export function processorsIdle(): () => boolean {
  let last = times();
  return () => {
    const { idle, all } = last;
    last = times();
    return last.idle - idle > (last.all - all) * IDLE_SHARE;
  };
}

/** Milliseconds that the processors, all together, have spent since the machine's start. */
function times(): { readonly idle: number; readonly all: number } {
  const each = cpus().map(({ times }) => times);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    idle: sum(each.map(({ idle }) => idle)),
    all: sum(each.flatMap((time) => Object.values(time))),
  };
}
