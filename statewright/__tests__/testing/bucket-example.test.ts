import { deployDefinition, functionArn } from 'statewright/testing';

test('ships every order of the file', async () => {
  const workflow = await deployDefinition({
    StartAt: 'Each order',
    States: {
      'Each order': {
        Type: 'Map',
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          Parameters: { Bucket: 'orders', Key: 'today.csv' },
          ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Ship',
          States: { Ship: { Type: 'Task', Resource: functionArn('ship'), End: true } },
        },
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Parameters: { Bucket: 'results', Prefix: 'today' },
        },
        ResultPath: '$.results',
        End: true,
      },
    },
  });
  workflow.bucket('orders', { 'today.csv': 'id,city\n1,Rome\n2,Oslo\n' });
  const results = workflow.bucket('results');
  workflow.replace('ship', ({ city }: { city: string }) => `shipped to ${city}`);

  await workflow.run();

  const succeeded = results.keys.find((key) => key.endsWith('SUCCEEDED_0.json')) ?? '';
  expect(results.json(succeeded)).toMatchObject([
    { Output: '"shipped to Rome"' },
    { Output: '"shipped to Oslo"' },
  ]);
});
