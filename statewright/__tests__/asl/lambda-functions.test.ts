import { lambdaFunctionsOf } from '../../src/asl';

const token = (reference: string) => `\${${reference}}`;
const test1 = token('aws_lambda_function.test.arn');
const arn = 'arn:aws:lambda:us-east-1:111122223333:function:f';
const invoke = 'arn:aws:states:::lambda:invoke';

const scope = (...states: object[]) => ({
  StartAt: '0',
  States: Object.fromEntries(states.map((state, index) => [`${index}`, state])),
});

test('the resource of a Task', () => {
  expect(
    lambdaFunctionsOf(scope({ Type: 'Task', Resource: arn }, { Type: 'Task', Resource: test1 })),
  ).toEqual([arn, test1]);
});

test.each([invoke, `${invoke}.waitForTaskToken`, 'arn:aws-cn:states:::lambda:invoke'])(
  'the parameter of %s',
  (Resource) => {
    const machine = scope(
      { Type: 'Task', Resource, Parameters: { FunctionName: test1 } },
      { Type: 'Task', Resource, Arguments: { FunctionName: 'by-name' } },
    );
    expect(lambdaFunctionsOf(machine)).toEqual([test1, 'by-name']);
  },
);

test('a Qualifier with a version or an alias', () => {
  const called = (more: object) =>
    lambdaFunctionsOf(scope({ Type: 'Task', Resource: invoke, Parameters: { FunctionName: arn, ...more } }));
  expect(called({ Qualifier: 'live' })).toEqual([`${arn}:live`]);
  expect(called({ 'Qualifier.$': '$.version' })).toEqual([arn]);
});

test('each function once, in order', () => {
  const task = (Resource: string) => ({ Type: 'Task', Resource });
  expect(lambdaFunctionsOf(scope(task(test1), task(arn), task(test1)))).toEqual([test1, arn]);
});

test('inside Parallel and Map', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => `${arn}-${name}`);
  const task = (Resource: string | undefined) => ({ Type: 'Task', Resource });
  const machine = scope(
    { Type: 'Parallel', Branches: [scope(task(a)), scope({ Type: 'Map', ItemProcessor: scope(task(b)) })] },
    { Type: 'Map', Iterator: scope(task(c)) },
  );
  expect(lambdaFunctionsOf(machine)).toEqual([a, b, c]);
});

test('ignores other integrations, activities, other states, and names that are only known at run time', () => {
  const machine = scope(
    { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: { FunctionName: 'x' } },
    { Type: 'Task', Resource: 'arn:aws:states:us-east-1:111122223333:activity:a' },
    { Type: 'Pass', Resource: arn },
    { Type: 'Task', Resource: invoke, Parameters: { 'FunctionName.$': '$.name' } },
    { Type: 'Task', Resource: invoke, Arguments: { FunctionName: '{% $states.input.name %}' } },
  );
  expect(lambdaFunctionsOf(machine)).toEqual([]);
});

test.each([null, [], 7, { States: 'x' }, { States: { A: null, B: { Type: 'Task' } } }])(
  'nothing in %j',
  (definition) => {
    expect(lambdaFunctionsOf(definition)).toEqual([]);
  },
);
