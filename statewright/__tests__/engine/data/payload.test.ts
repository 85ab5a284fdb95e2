import { Payload } from '../../../src/engine/data';

test('text stays unchanged, including white space', () => {
  const payload = Payload.ofText('{ "a" : 1.0 }');
  expect(payload.value).toMatchObject({ a: expect.anything() });
  expect(payload.text).toBe('{ "a" : 1.0 }');
});

test('a value is written as compact text', () => {
  expect(Payload.ofValue({ a: [1, 'b'], c: null }).text).toBe('{"a":[1,"b"],"c":null}');
});

test('null is a value', () => {
  expect(Payload.ofText('null').value).toBeNull();
  expect(Payload.ofValue(null).text).toBe('null');
});

test('text is not parsed until its value is read', () => {
  const payload = Payload.ofText('not JSON');
  expect(payload.text).toBe('not JSON');
  expect(() => payload.value).toThrow(SyntaxError);
});

test('the value is parsed once', () => {
  const payload = Payload.ofText('{"a":[]}');
  expect(payload.value).toBe(payload.value);
});
