/** The pages that test a state, and an expression, alone. */
import { awsSource, createConsole } from '../../src/console';
import { ScaledClock } from '../../src/engine';
import { Account } from '../../src/local-aws/account';
import { errorHandling } from '../machines';
import { StandInSource } from './stand-in';

const origin = 'http://localhost:4566';
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:price';

const orders = {
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Pass', Assign: { 'customer.$': '$.customer' }, Next: 'Each' },
    Each: {
      Type: 'Map',
      ItemsPath: '$.orders',
      ItemProcessor: {
        StartAt: 'Look up',
        States: {
          'Look up': {
            Type: 'Task',
            Resource: functionArn,
            Parameters: { 'sku.$': '$.sku', 'for.$': '$customer', 'index.$': '$$.Map.Item.Index' },
            ResultSelector: { 'price.$': '$.price' },
            ResultPath: '$.found',
            Retry: [{ ErrorEquals: ['NoPrice'], MaxAttempts: 1 }],
            Catch: [{ ErrorEquals: ['NoPrice'], ResultPath: '$.error', Next: 'No price' }],
            End: true,
          },
          'No price': { Type: 'Pass', End: true },
        },
      },
      Next: 'Both',
    },
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Left', States: { Left: { Type: 'Pass', Result: 1.5, End: true } } },
        { StartAt: 'Right', States: { Right: { Type: 'Pass', Result: 2, End: true } } },
      ],
      End: true,
    },
  },
};

/** What a Parallel, a Map and Tasks that TestState does not call have in common: they need a mock. */
const waiting = {
  StartAt: 'Token',
  States: {
    Token: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' },
      Next: 'Work',
    },
    Work: { Type: 'Task', Resource: 'arn:aws:states:us-east-1:000000000000:activity:work', End: true },
  },
};

const role = (account: Account) => {
  const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: statement });
  const { Role } = account.iam.createRole({
    RoleName: 'machine',
    AssumeRolePolicyDocument: document({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'states.amazonaws.com' },
      // Nothing else may assume it, as in a project that this package makes.
      Condition: {
        ArnLike: {
          'aws:SourceArn': ['orders', 'waiting'].map(
            (name) => `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`,
          ),
        },
      },
    }),
  });
  account.iam.putRolePolicy({
    RoleName: 'machine',
    PolicyName: 'calls',
    PolicyDocument: document({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' }),
  });
  return Role.Arn;
};

describe('a local account', () => {
  let account: Account;
  let app: ReturnType<typeof createConsole>;
  /** The inputs of the function's calls. */
  let calls: string[];

  beforeAll(async () => {
    account = new Account({
      region: 'us-east-1',
      executionClock: new ScaledClock(0),
      lambdaInvoker: () => ({
        async invoke({ Payload = '' }) {
          calls.push(Payload);
          if (!Payload.includes('none'))
            return { StatusCode: 200, ExecutedVersion: '1', Payload: '{"price":1.0}' };
          const error = { errorType: 'NoPrice', errorMessage: 'there is none' };
          return {
            StatusCode: 200,
            ExecutedVersion: '1',
            FunctionError: 'Unhandled',
            Payload: JSON.stringify(error),
          };
        },
      }),
    });
    calls = [];
    const roleArn = role(account);
    for (const [name, definition] of Object.entries({ orders, waiting })) {
      account.states.createStateMachine({ name, definition: JSON.stringify(definition), roleArn });
    }
    const { executionArn } = account.states.startExecution({
      stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:orders',
      name: 'run',
      input: '{"customer":"Ada","orders":[{"sku":"A"},{"sku":"none"}]}',
    });
    await account.states.executionEnded(executionArn);
    app = createConsole(awsSource(account));
  });

  beforeEach(() => {
    calls = [];
  });

  afterAll(() => account.close());

  const get = async (path: string) => {
    const response = await app.request(`${origin}/console/state-machines/${path}`);
    return { status: response.status, text: unescaped(await response.text()) };
  };

  const post = async (path: string, form: Readonly<Record<string, string>>, from = origin) => {
    const response = await app.request(`${origin}/console/state-machines/${path}`, {
      method: 'POST',
      headers: { origin: from, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
    return { status: response.status, text: unescaped(await response.text()) };
  };

  /** The page of a visit to a state, by the number of the visit from 0. */
  async function visitPage(kind: 'state' | 'expression', name: string, index = 0): Promise<string> {
    const { text } = await get('orders/executions/run');
    const visits = [...text.matchAll(/data-visit="(\d+)" data-name="([^"]*)"/g)];
    const [, id] = visits.filter(([, , of]) => of === name)[index] ?? [];
    const path = `orders/test-${kind}?execution=run&visit=${id}`;
    expect(text).toContain(`"/console/state-machines/${path}"`);
    return path;
  }

  test('a visit is tested with the data that it had, and ends as it did', async () => {
    const path = await visitPage('state', 'Look up');
    const form = fieldsOf((await get(path)).text);
    expect(form).toMatchObject({ input: { sku: 'A' }, result: { price: 1 }, variables: { customer: 'Ada' } });
    expect(form.context).toMatchObject({
      Execution: { Name: 'run', Input: { customer: 'Ada' }, RedriveCount: 0 },
      StateMachine: { Name: 'orders' },
      State: { Name: 'Look up', RetryCount: 0 },
      Map: { Item: { Index: 0, Value: { sku: 'A' } } },
    });
    const { status, text } = await post(path, textsOf(form));
    expect(status).toBe(200);
    expect(text).toContain('Succeeded');
    expect(payloadsOf(text)).toMatchObject({
      Input: { sku: 'A' },
      'After Parameters': { sku: 'A', for: 'Ada', index: 0 },
      Result: { price: 1 },
      Output: { sku: 'A', found: { price: 1 } },
      Variables: { customer: 'Ada' },
    });
    expect(text).toContain('After InputPath: no change');
    expect(text).toContain('The visit had the same output.');
    expect(calls).toEqual([]);
  });

  test('a visit whose error was caught has that error as its mock, after its retries', async () => {
    const path = await visitPage('state', 'Look up', 1);
    const page = await get(path);
    expect(page.text).toMatch(/name="work" value="error" checked/);
    expect(page.text).toMatch(/name="error"[^>]* value="NoPrice"/);
    const form = { ...textsOf(fieldsOf(page.text)), work: 'error', error: 'NoPrice', cause: 'gone' };
    const { text } = await post(path, form);
    expect(text).toContain('Caught error');
    expect(text).toMatch(/Handled by<\/dt><dd>Retry\[0\], which has no attempt left, then Catch\[0\]/);
    expect(text).toMatch(/Next state<\/dt><dd>No price/);
    expect(payloadsOf(text).Output).toEqual({ sku: 'none', error: { Error: 'NoPrice', Cause: 'gone' } });
    expect((await post(path, { ...form, retries: '0' })).text).toMatch(
      /Would be retried[\s\S]*Retry\[0\] after 1 s/,
    );
  });

  test('the results of a Map and a Parallel are those of its items and branches', async () => {
    const each = fieldsOf((await get(await visitPage('state', 'Each'))).text);
    expect(each.result).toEqual([
      { sku: 'A', found: { price: 1 } },
      { sku: 'none', error: expect.objectContaining({ Error: 'NoPrice' }) },
    ]);
    const path = await visitPage('state', 'Both');
    const page = await get(path);
    expect(fieldsOf(page.text).result).toEqual([1.5, 2]);
    expect(page.text).not.toContain('value="call"');
    const form = textsOf(fieldsOf(page.text));
    expect(payloadsOf((await post(path, { ...form, work: 'result' })).text).Output).toEqual([1.5, 2]);
    expect((await post(path, { ...form, result: '[1]' })).text).toMatch(
      /ValidationException<\/strong> Mocked result must contain the same number of items/,
    );
  });

  test('without a mock, the function is called with the permissions of the role', async () => {
    const page = await get('orders/test-state?state=Look+up');
    expect(page.text).toMatch(/value="call" checked> Call price/);
    const { text } = await post('orders/test-state?state=Look+up', {
      input: '{"sku":"B"}',
      work: 'call',
      variables: '{"customer":"Bob"}',
    });
    expect(calls.map((call) => JSON.parse(call))).toEqual([{ sku: 'B', for: 'Bob', index: 0 }]);
    expect(payloadsOf(text).Output).toEqual({ sku: 'B', found: { price: 1 } });
    account.iam.deleteRolePolicy({ RoleName: 'machine', PolicyName: 'calls' });
    const denied = await post('orders/test-state?state=Look+up', {
      input: '{"sku":"B"}',
      work: 'call',
      variables: '{"customer":1}',
    });
    expect([denied.text, calls.length]).toEqual([expect.stringContaining('is not authorized to perform'), 1]);
  });

  test.each(['Token', 'Work'])('%s cannot be called: it has a mock', async (name) => {
    const path = `waiting/test-state?state=${name}`;
    const page = await get(path);
    expect(page.text).not.toContain('value="call"');
    const { text } = await post(path, {
      input: '{}',
      work: 'result',
      result: '{"done": true}',
      check: 'NONE',
    });
    expect(payloadsOf(text).Output).toEqual({ done: true });
  });

  test('a changed state is tested, and not saved', async () => {
    const path = 'orders/test-state?state=Left';
    const definition = '{"Type": "Pass", "Result": {"changed": true}, "End": true}';
    expect(payloadsOf((await post(path, { input: '{}', definition })).text).Output).toEqual({
      changed: true,
    });
    expect(fieldsOf((await get(path)).text).definition).toMatchObject({ Result: 1.5 });
    const broken = await post(path, { input: '{}', definition: '{"Type": "Pas", "End": true}' });
    expect([broken.status, broken.text]).toEqual([
      422,
      expect.stringMatching(/InvalidDefinition<\/strong> .*Pas/),
    ]);
  });

  test.each([
    ['input', { input: '{"a":' }, 'The input is not valid JSON: line 1, column 6'],
    ['result', { work: 'result', result: '' }, 'The result is not valid JSON'],
    ['error', { work: 'error', error: ' ' }, 'The error needs a name'],
    ['variables', { variables: 'x' }, 'The text of the variables is not valid JSON'],
    ['retries', { retries: '-1' }, 'The number of retries must be a whole number, 0 or more'],
    ['definition', { definition: '{' }, 'The state is not valid JSON'],
  ])('a problem is shown with its field: %s', async (field, form, message) => {
    const { status, text } = await post('orders/test-state?state=Look+up', { input: '{}', ...form });
    expect(status).toBe(422);
    expect(text).toMatch(new RegExp(`aria-describedby="${field}-problem"`));
    expect(text).toContain(`<p class="problem" id="${field}-problem" role="alert">${message}`);
    expect(text).toContain('has not been tested yet');
  });

  test('the states of a page, and the last visits to the chosen one', async () => {
    const { text } = await get('orders/test-state?state=Look+up');
    expect([...text.matchAll(/<option value="([^"]*)"/g)].map(([, name]) => name)).toEqual([
      'Prepare',
      'Each',
      'Look up',
      'No price',
      'Both',
      'Left',
      'Right',
    ]);
    expect(text).toMatch(/execution=run&visit=\d+"[\s\S]*run · Each, item 2[\s\S]*run · Each, item 1/);
    expect((await get('orders/test-state')).text).toContain('Test Prepare');
    expect((await get('orders')).text).toContain('/console/state-machines/orders/test-state?state=Look+up');
  });

  test.each([
    'orders/test-state?state=Nope',
    'nope/test-state',
    'orders/test-state?execution=run&visit=99999',
  ])('what does not exist: %s', async (path) => expect((await get(path)).status).toBe(404));

  test('forms of other sites do nothing', async () => {
    const form = { input: '{"sku":"B"}', work: 'call' };
    expect((await post('orders/test-state?state=Look+up', form, 'https://example.com')).status).toBe(403);
    expect((await post('orders/test-expression?state=Prepare', {}, 'https://example.com')).status).toBe(403);
    expect(calls).toEqual([]);
  });

  const evaluate = async (form: Readonly<Record<string, string>>) => {
    const { text } = await post('orders/test-expression?state=Prepare', { language: 'JSONPath', ...form });
    const [, error, cause] = /<strong>([^<]*)<\/strong> ([^<]*)<\/div>/.exec(text) ?? [];
    return error === undefined ? evaluatedIn(text) : [error, cause];
  };
  const data = {
    input: '{"a":{"b":1.0,"list":[1,2,3]}}',
    variables: '{"v":[7]}',
    context: '{"Execution":{"Name":"n"}}',
  };

  test.each([
    ['$.a.b', '1.0'],
    ['"$.a.b"', '1.0'],
    ['$.a.list[?(@ > 1)]', '[\n  2,\n  3\n]'],
    ['$v[0]', '7'],
    ['$$.Execution.Name', '"n"'],
    ["States.Format('{}-{}', $.a.list[0], $v[0])", '"1-7"'],
    ['{"x.$": "$.a.b", "y": "$.a"}', '{\n  "y": "$.a",\n  "x": 1.0\n}'],
  ])('JSONPath: %s', async (expression, value) => {
    expect(await evaluate({ ...data, expression })).toEqual(value);
  });

  test.each([
    [
      '$.nothing',
      'States.Runtime',
      "The JSONPath '$.nothing' specified for the field 'value.$' could not be found",
    ],
    [
      '$.a..',
      'InvalidDefinition',
      "SCHEMA_VALIDATION_FAILED: The value for the field 'value.$' must be a valid JSONPath",
    ],
    [
      "States.MathAdd('x', 1)",
      'States.Runtime',
      "The function 'States.MathAdd('x', 1)' had the following error",
    ],
  ])('JSONPath: %s is an error', async (expression, error, cause) => {
    expect(await evaluate({ ...data, expression })).toEqual([error, expect.stringContaining(cause)]);
  });

  test.each([
    ['$states.input.a.b + $v[0]', {}, '8'],
    ['{% $sum($states.input.a.list) %}', {}, '6'],
    ['{"x": "{% $states.context.Execution.Name %}"}', {}, '{\n  "x": "n"\n}'],
    ['$states.result.ok', { result: '{"ok": true}' }, 'true'],
  ])('JSONata: %s', async (expression, more, value) => {
    expect(await evaluate({ ...data, ...more, language: 'JSONata', expression })).toEqual(value);
  });

  test.each([
    ['$states.input.nothing', 'States.QueryEvaluationError', 'returned nothing (undefined)'],
    ['$states.result', 'States.QueryEvaluationError', 'returned nothing (undefined)'],
    ['$states.', 'InvalidDefinition', 'INVALID_JSONATA_EXPRESSION'],
    ['function($x){ $x }', 'States.QueryEvaluationError', 'unsupported result type'],
  ])('JSONata: %s is an error', async (expression, error, cause) => {
    const evaluated = await evaluate({ ...data, language: 'JSONata', expression });
    expect(evaluated).toEqual([error, expect.stringContaining(cause)]);
  });

  test('an expression is evaluated on the data of a visit, in the language of its state', async () => {
    const path = await visitPage('expression', 'Look up', 1);
    const { text } = await get(path);
    expect(text).toMatch(/value="JSONPath" checked/);
    const form = { ...textsOf(fieldsOf(text)), language: 'JSONPath' };
    const expression = "States.Format('{} for {}, {}', $.sku, $customer, $$.Map.Item.Index)";
    expect(evaluatedIn((await post(path, { ...form, expression })).text)).toBe('"none for Ada, 1"');
  });

  test.each([
    ['input', { sku: 'A' }],
    ['result', { price: 1 }],
    ['output', { sku: 'A', found: { price: 1 } }],
  ])('an expression is evaluated on the %s of a visit', async (payload, expected) => {
    const path = await visitPage('expression', 'Look up');
    const { text } = await get(path);
    expect(text).toContain(`"/console/state-machines/${path}&payload=${payload}"`);
    expect(fieldsOf((await get(`${path}&payload=${payload}`)).text).input).toEqual(expected);
  });

  test('AWS refuses data that no execution can have', async () => {
    expect(await evaluate({ expression: '$', input: '{}', context: '{"Nope":1}' })).toEqual([
      'ValidationException',
      "Invalid Context object provided: Field 'Nope' is not allowed",
    ]);
    const { status, text } = await post('orders/test-expression?state=Prepare', {
      expression: '',
      input: '{',
    });
    expect([status, text]).toEqual([422, expect.stringContaining('The expression is empty')]);
  });
});

test('where nothing can be tested, there are no links to it', async () => {
  const source = new StandInSource();
  source.addMachine('other', errorHandling);
  for (const path of ['state', 'state/executions/was-caught']) {
    const response = await createConsole(source).request(`${origin}/console/state-machines/${path}`);
    expect(await response.text()).not.toContain('test-state');
  }
});

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const unescaped = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ENTITIES[name] ?? '');

/** The JSON in the text areas of a page, by name; the texts that are not JSON. */
const fieldsOf = (text: string): Record<string, unknown> =>
  Object.fromEntries(
    [...text.matchAll(/<textarea id="([^"]*)"[^>]*>\n([\s\S]*?)<\/textarea>/g)].map(
      ([, name = '', value = '']) => {
        try {
          return [name, JSON.parse(value)];
        } catch {
          return [name, value];
        }
      },
    ),
  );

const textsOf = (form: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(form).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

/** The payloads of a result, by name. */
const payloadsOf = (text: string): Record<string, unknown> =>
  Object.fromEntries(
    [...text.matchAll(/<pre [^>]*aria-label="([^"]*)"[^>]*>([\s\S]*?)<\/pre>/g)].map(
      ([, name, value = '']) => [name, JSON.parse(value)],
    ),
  );

const evaluatedIn = (text: string) => /<pre [^>]*aria-label="Value"[^>]*>([\s\S]*?)<\/pre>/.exec(text)?.[1];
