import { targetInput } from '../../../src/local-aws/events/event-input';

const rule = { name: 'r', bus: 'default', arn: 'arn:rule', enabled: true, targets: [] };
const event = '{"detail-type":"T","detail":{"n":1.0,"text":"a \\"b\\"","list":[1,2]}}';
const input = (target: object) => targetInput(event, { Id: 'i', Arn: 'a', ...target }, rule, 0);
const template = (InputTemplate: string, InputPathsMap: Record<string, string> = {}) =>
  input({ InputTransformer: { InputTemplate, InputPathsMap } });

test('a target receives the event unchanged, a constant or a part', () => {
  expect(input({})).toBe(event);
  expect(input({ Input: '{"a":1}' })).toBe('{"a":1}');
  expect(input({ InputPath: '$.detail.list[1]' })).toBe('2');
  expect(input({ InputPath: '$.detail-type' })).toBe('"T"');
});

test('a template has the values of variables as JSON, and their characters within a text', () => {
  const paths = { text: '$.detail.text', list: '$.detail.list', none: '$.detail.none' };
  expect(template('{"a":<text>,"b":"<text>!","c":<list>,"d":"<list>","e":"<none>"}', paths)).toBe(
    '{"a":"a \\"b\\"","b":"a \\"b\\"!","c":[1,2],"d":"[1,2]","e":""}',
  );
  expect(template('"the rule <aws.events.rule-name> has <unknown>"')).toBe('"the rule r has <unknown>"');
  expect(JSON.parse(template('{"a":<aws.events.event>,"b":<aws.events.event.json>}'))).toEqual({
    a: { 'detail-type': 'T' },
    b: JSON.parse(event),
  });
});

test('a template that does not make JSON is an error', () => {
  expect(() => template('{"a":')).toThrow();
});
