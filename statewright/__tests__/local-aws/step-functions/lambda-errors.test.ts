import { Account } from '../../../src/local-aws/account';
import { allow, trust, zipOf } from '../http/harness';

/** A function that fails, and the error's name and cause for a Catch. */
interface Failure {
  readonly code: string;
  readonly error: string;
  readonly cause: string | RegExp;
  readonly more?: { readonly Timeout?: number; readonly Runtime?: string; readonly Handler?: string };
  readonly reserved?: number;
}

const handler = (body: string) => `exports.handler = async (event) => { ${body} };`;
const runtime = (errorType: string, text: string) =>
  new RegExp(`^\\{"errorType":"${errorType}","errorMessage":"RequestId: [\\da-f-]{36} Error: ${text}"\\}$`);
const service = (message: string, status: number, code: string) =>
  new RegExp(
    `^${message} \\(Service: AWSLambda; Status Code: ${status}; Error Code: ${code}; Request ID: [\\da-f-]{36}; Proxy: null\\)$`,
  );

const failures: Record<string, Failure> = {
  'an error with a custom name': {
    code: handler('throw Object.assign(new Error("no"), { name: "OrderRefused" })'),
    error: 'OrderRefused',
    cause: /^\{"errorType":"OrderRefused","errorMessage":"no","trace":\["\w+: no"," {4}at .*\]\}$/,
  },
  'a thrown text': {
    code: handler('throw "out of stock"'),
    error: 'string',
    cause: '{"errorType":"string","errorMessage":"out of stock","trace":[]}',
  },
  'an error without a name': {
    code: handler('throw Object.assign(new Error("no"), { name: "" })'),
    error: 'Lambda.Unknown',
    cause:
      /^The cause could not be determined because Lambda did not return an error type\. Returned payload: \{"errorType":"",/,
  },
  "the function's timeout": {
    code: handler('await new Promise((resolve) => setTimeout(resolve, 60000))'),
    more: { Timeout: 1 },
    error: 'Sandbox.Timedout',
    cause: runtime('Sandbox.Timedout', 'Task timed out after 1\\.00 seconds'),
  },
  'an exit': {
    code: handler('process.exit(3)'),
    error: 'Runtime.ExitError',
    cause: runtime('Runtime.ExitError', 'Runtime exited with error: exit status 3'),
  },
  'too little memory': {
    code: handler('const all = []; for (;;) { all.push(Buffer.alloc(1e6, 1)); await null }'),
    more: { Timeout: 60 },
    error: 'Runtime.ExitError',
    cause: runtime('Runtime.ExitError', 'Runtime exited with error: signal: killed'),
  },
  'a missing module': {
    code: 'require("left-pad")',
    error: 'Runtime.ImportModuleError',
    cause: /^\{"errorType":"Runtime\.ImportModuleError","errorMessage":"Error: Cannot find module 'left-pad'/,
  },
  'a missing handler': {
    code: handler(''),
    more: { Handler: 'index.handle' },
    error: 'Runtime.HandlerNotFound',
    cause: /"errorMessage":"index\.handle is undefined or not exported"/,
  },
  'too large a response': {
    code: handler('return "x".repeat(7e6)'),
    error: 'Function.ResponseSizeTooLarge',
    cause:
      /Response payload size \(7000002 bytes\) exceeded maximum allowed payload size \(6291556 bytes\)\./,
  },
  'a response that is too large for a state': {
    code: handler('return "x".repeat(3e5)'),
    error: 'States.DataLimitExceeded',
    cause:
      /^The state\/task '.*' returned a result with a size exceeding the maximum number of bytes service limit\.$/,
  },
  'no concurrency': {
    code: handler(''),
    reserved: 0,
    error: 'Lambda.TooManyRequestsException',
    cause: service('Rate Exceeded\\.', 429, 'TooManyRequestsException'),
  },
  'a runtime that is not supported here': {
    code: '',
    more: { Runtime: 'python2.7' },
    error: 'Lambda.InvalidRuntimeException',
    cause: service(
      'The function Fails cannot run\\. The runtime python2\\.7 .*',
      400,
      'InvalidRuntimeException',
    ),
  },
};

describe('a workflow catches the errors of a function by their names:', () => {
  let account: Account;
  const roleArn = 'arn:aws:iam::123456789012:role/both';
  const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:Fails';
  const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:catches';

  beforeEach(() => {
    account = new Account({ accountId: '123456789012' });
    account.iam.createRole({
      RoleName: 'both',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: ['states', 'lambda'].flatMap(
          (name) => JSON.parse(trust(`${name}.amazonaws.com`)).Statement,
        ),
      }),
    });
    const PolicyDocument = allow('lambda:InvokeFunction');
    account.iam.putRolePolicy({ RoleName: 'both', PolicyName: 'p', PolicyDocument });
  });
  afterEach(() => account.close());

  /** The input that a Catch of only this error passes on; undefined when it caught nothing. */
  async function caught(error: string, task: object) {
    account.states.createStateMachine({
      name: 'catches',
      roleArn,
      definition: JSON.stringify({
        StartAt: 'Call',
        States: {
          Call: { Type: 'Task', ...task, Catch: [{ ErrorEquals: [error], Next: 'Caught' }], End: true },
          Caught: { Type: 'Pass', End: true },
        },
      }),
    });
    const { executionArn } = account.states.startExecution({ stateMachineArn });
    const { status, output } = await account.states.executionEnded(executionArn);
    return status === 'SUCCEEDED' ? JSON.parse(output ?? '') : { status };
  }

  describe.each([
    ['as its Resource', { Resource: functionArn }],
    [
      'by lambda:invoke',
      { Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'Fails' } },
    ],
  ])('called %s', (_, task) => {
    test.each(Object.entries(failures))('%s', async (_, { code, error, cause, more, reserved }) => {
      account.lambda.createFunction({
        FunctionName: 'Fails',
        Role: roleArn,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: zipOf(code) },
        ...more,
      });
      if (reserved !== undefined) {
        const ReservedConcurrentExecutions = reserved;
        account.lambda.putFunctionConcurrency({ FunctionName: 'Fails', ReservedConcurrentExecutions });
      }
      expect(await caught(error, task)).toEqual({
        Error: error,
        Cause: typeof cause === 'string' ? cause : expect.stringMatching(cause),
      });
    });
  });
});
