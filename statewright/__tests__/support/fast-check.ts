import fc from 'fast-check';

/** The same cases on every run; FAST_CHECK_SEED=<number> tries others. */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_260_101) });
