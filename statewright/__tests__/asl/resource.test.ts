import { functionArn, parseFunctionName, parseResource } from '../../src/asl/resource';

const lambda = 'arn:aws-cn:lambda:cn-north-1:111122223333:function:f';

test.each([
  [lambda, { kind: 'lambda', arn: lambda, function: { name: 'f' } }],
  [`${lambda}:live`, { kind: 'lambda', function: { name: 'f', qualifier: 'live' } }],
  [
    `arn:\${data.aws_partition.current.partition}:lambda:eu-west-1:1:function:f`,
    { kind: 'lambda', function: { name: 'f', region: 'eu-west-1' } },
  ],
  ['arn:aws:states:us-east-1:111122223333:activity:paint', { kind: 'activity', name: 'paint' }],
  [
    'arn:aws:states:::lambda:invoke',
    {
      kind: 'integration',
      sdk: false,
      service: 'lambda',
      action: 'invoke',
      pattern: 'requestResponse',
      suffix: '',
    },
  ],
  [
    'arn:aws:states:::states:startExecution.sync:2',
    { kind: 'integration', service: 'states', action: 'startExecution', pattern: 'sync', suffix: '.sync:2' },
  ],
  [
    'arn:aws:states:::aws-sdk:s3:getObject.waitForTaskToken',
    {
      sdk: true,
      service: 's3',
      action: 'getObject',
      pattern: 'waitForTaskToken',
      suffix: '.waitForTaskToken',
    },
  ],
  ['arn:aws:states:us-east-1:111122223333:stateMachine:m', { kind: 'unknown' }],
  ['arn:aws:lambda:us-east-1:111122223333:layer:l', { kind: 'unknown' }],
  [`\${FnArn}`, { kind: 'unknown', text: `\${FnArn}` }],
  ['', { kind: 'unknown' }],
])('%s', (text, expected) => {
  expect(parseResource(text)).toMatchObject(expected);
});

describe('the name of a function', () => {
  test.each([
    ['f', { name: 'f' }],
    ['f:live', { name: 'f', qualifier: 'live' }],
    ['function:f', { name: 'f' }],
    ['111122223333:function:f:7', { accountId: '111122223333', name: 'f', qualifier: '7' }],
    [
      `${lambda}:$LATEST`,
      {
        partition: 'aws-cn',
        region: 'cn-north-1',
        accountId: '111122223333',
        name: 'f',
        qualifier: '$LATEST',
      },
    ],
    ['', { name: '' }],
    ['function', { name: 'function' }],
  ])('%s', (text, expected) => {
    expect(parseFunctionName(text)).toEqual(expected);
  });

  test('the missing parts are filled in', () => {
    const own = { partition: 'aws', region: 'us-east-1', accountId: '000000000000' };
    expect(functionArn(parseFunctionName('f:live'), own)).toBe(
      'arn:aws:lambda:us-east-1:000000000000:function:f:live',
    );
    expect(functionArn(parseFunctionName('111122223333:function:f'), own)).toBe(
      'arn:aws:lambda:us-east-1:111122223333:function:f',
    );
    expect(functionArn(parseFunctionName(lambda), own)).toBe(lambda);
  });
});
