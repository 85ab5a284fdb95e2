import { synthesizeApp } from 'statewright/constructs';

/** The CDKTF app, which `npx cdktf` runs: one stack, written to `cdktf.out/stacks/error-handling`. */
synthesizeApp(async (app) => {
  const { ErrorHandlingStack } = await import('./src/stack');
  new ErrorHandlingStack(app, 'error-handling');
});
