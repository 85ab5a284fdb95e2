import { urlResponse } from '../../../src/local-aws/lambda/url-response';

describe('the HTTP response for what a function returned', () => {
  test.each([
    ['a text', '"hello"', 200, 'hello'],
    ['a number', '3', 200, '3'],
    ['a list', '[1,true]', 200, '[1,true]'],
    ['nothing', 'null', 200, 'null'],
    ['a statusCode as text', '{"statusCode":"404","body":"no"}', 404, 'no'],
    ['a body that is an object', '{"statusCode":200,"body":{"a":1}}', 200, '{"a":1}'],
    ['no body', '{"statusCode":204}', 204, ''],
    ['a streamed response', `{"statusCode":202}${'\0'.repeat(8)}<p>text</p>`, 202, '<p>text</p>'],
    ['a stream without metadata', '<p>text</p>', 200, '<p>text</p>'],
    ['a statusCode that is not a status', '{"statusCode":42}', 502, 'Internal Server Error'],
  ])('%s', (_, payload, status, body) => {
    expect(urlResponse(payload)).toMatchObject({ status, body });
  });
});
