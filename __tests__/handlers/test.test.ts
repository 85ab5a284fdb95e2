import { handler, TestError } from '../../handlers/test';

test.each([undefined, null, {}, { fail: false }, { fail: 'true' }])('succeeds with %j', async (event) => {
  await expect(handler(event)).resolves.toBe('ok');
});

test('fails when asked to, with an error that Lambda reports by its class name', async () => {
  const failure = handler({ fail: true });

  await expect(failure).rejects.toThrow(TestError);
  await expect(failure).rejects.toMatchObject({ name: 'TestError', message: 'asked to fail' });
});
