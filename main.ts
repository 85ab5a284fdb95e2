import { App } from 'statewright/constructs';
import { ErrorHandlingStack } from './src/stack';

// What `npx cdktf synth`, `diff`, `deploy` and `destroy` run. The result is cdktf.out/stacks/error-handling.
const app = new App();
new ErrorHandlingStack(app, 'error-handling');
app.synth();
