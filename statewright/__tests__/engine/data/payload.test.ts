import { Payload } from '../../../src/engine/data';

test('text stays as it came, white space included', () => {
  const payload = Payload.ofText('{ "a" : 1.0 }');
  expect(payload.value).toMatchObject({ a: expect.anything() });
  expect(payload.text).toBe('{ "a" : 1.0 }');
});

test('a value is written as compact text', () => {
  expect(Payload.ofValue({ a: [1, 'b'], c: null }).text).toBe('{"a":[1,"b"],"c":null}');
});

test('null is a value like others', () => {
  expect(Payload.ofText('null').value).toBeNull();
  expect(Payload.ofValue(null).text).toBe('null');
});

test('text that nobody reads may be anything', () => {
  const payload = Payload.ofText('not JSON');
  expect(payload.text).toBe('not JSON');
  expect(() => payload.value).toThrow(SyntaxError);
});

test('the value is made once', () => {
  const payload = Payload.ofText('{"a":[]}');
  expect(payload.value).toBe(payload.value);
});
