import { handler, TestError } from '../../handlers/test';

test.each([undefined, null, {}, { fail: false }, { fail: 'true' }, { other: true }])(
  'succeeds with %j',
  async (event) => {
    await expect(handler(event as never)).resolves.toBe('ok');
  },
);

test('fails when it is asked to, with an error that goes by its class name', async () => {
  const failure = handler({ fail: true });

  await expect(failure).rejects.toBeInstanceOf(TestError);
  await expect(failure).rejects.toMatchObject({ name: 'TestError', message: 'asked to fail' });
});
