import { App } from 'statewright/constructs';
import { ErrorHandlingStack } from './src/stack';

// `npx cdktf synth`, `diff`, `deploy` and `destroy` run this file. It writes cdktf.out/stacks/error-handling.
const app = new App();
new ErrorHandlingStack(app, 'error-handling');
app.synth();
