import { handler } from '../../handlers/error';

test('logs that it was called, and with which error', async () => {
  const log = jest.spyOn(console, 'log').mockImplementation();

  await handler({ Error: 'TestError', Cause: '{"errorType":"TestError"}' });

  expect(log).toHaveBeenCalledWith(
    'called error_handler',
    '{"Error":"TestError","Cause":"{\\"errorType\\":\\"TestError\\"}"}',
  );
  log.mockRestore();
});
