import { handler } from '../../handlers/error';

test('logs its call with the error', async () => {
  const log = jest.spyOn(console, 'log').mockImplementation();

  await handler({ Error: 'TestError', Cause: '{"errorType":"TestError"}' });

  expect(log).toHaveBeenCalledWith(
    'called error_handler',
    '{"Error":"TestError","Cause":"{\\"errorType\\":\\"TestError\\"}"}',
  );
  log.mockRestore();
});
