import { compileFilterPattern } from '../../../src/local-aws/logs/filter-pattern';

const json = JSON.stringify({
  level: 'ERROR',
  count: 3,
  ok: true,
  none: null,
  list: [{ id: 1 }, { id: 2 }],
  'odd.name': 'x',
  ip: '10.0.0.7',
});

describe('filter patterns', () => {
  test.each([
    // pattern, message, whether it matches
    ['', 'anything', true],
    ['ERROR', 'an ERROR happened', true],
    ['ERROR', 'an error happened', false],
    ['ERROR disk', 'disk: ERROR', true],
    ['ERROR disk', 'ERROR', false],
    ['"called error_handler"', 'INFO called error_handler {}', true],
    ['"called error_handler"', 'error_handler called', false],
    ['"a \\"quoted\\" word"', 'with a "quoted" word', true],
    ['?ERROR ?WARN', 'WARN', true],
    ['?ERROR ?WARN', 'INFO', false],
    ['ERROR -disk', 'ERROR disk', false],
    ['ERROR -disk', 'ERROR net', true],
    ['ERROR -"disk full"', 'ERROR disk full', false],
    ['-disk', 'net', true],
    ['?WARN ERROR', 'ERROR', true],
    ['%ERR[0-9]+%', 'code ERR42', true],
    ['%ERR[0-9]+%', 'code ERR', false],

    ['[ip, user, request, status]', '10.0.0.7 ann "GET /a b" 404', true],
    ['[ip, user, time, status]', '10.0.0.7 ann [10/Oct 13:55] 404', true],
    ['[ip, user, status]', '10.0.0.7 ann "GET /a" 404', false],
    ['[ip, ..., status = 4*]', '10.0.0.7 ann "GET /a" 404', true],
    ['[ip, ..., status = 4*]', '10.0.0.7 ann "GET /a" 200', false],
    ['[..., status = 404 || status = 410, bytes > 1000]', '10.0.0.7 "GET /a, b" 410 2000', true],
    ['[..., status = 404 || status = 410, bytes > 1000]', '10.0.0.7 "GET /a, b" 410 20', false],
    ['[level = "ERROR", (code != 1 && code < 9)]', 'ERROR 7', true],
    ['[level = %^ERR%, code]', 'ERROR 7', true],
    ['[level = "a, b"]', '"a, b"', true],
    ['[a, ..., b]', 'one', false],

    ['{ $.level = "ERROR" }', json, true],
    ['{ $.level = ERROR }', json, true],
    ['{$.level="INFO"}', json, false],
    ['{ $.level != "INFO" }', json, true],
    ['{ $.level = "ERR*" }', json, true],
    ['{ $.level = %^ERR% }', json, true],
    ['{ $.ip = 10.0.* }', json, true],
    ['{ $.count = 3 }', json, true],
    ['{ $.count > 2 }', json, true],
    ['{ $.count >= 4 }', json, false],
    ['{ $.count < 3.5 }', json, true],
    ['{ $.count <= 2 }', json, false],
    ['{ $.level > 1 }', json, false],
    ['{ $.ok IS TRUE }', json, true],
    ['{ $.ok IS FALSE }', json, false],
    ['{ $.none IS NULL }', json, true],
    ['{ $.level EXISTS }', json, true],
    ['{ $.missing NOT EXISTS }', json, true],
    ['{ $.level NOT EXISTS }', json, false],
    ['{ $.missing = "x" }', json, false],
    ['{ $.missing != "x" }', json, false],
    ['{ $.list[1].id = 2 }', json, true],
    ['{ $.list[*].id = 2 }', json, true],
    ['{ $.list[2].id = 3 }', json, false],
    ["{ $['odd.name'] = x }", json, true],
    ['{ $.level = "ERROR" && $.count = 4 }', json, false],
    ['{ $.level = "INFO" || $.count = 3 }', json, true],
    ['{ $.level = "INFO" && $.count = 4 || $.ok IS TRUE }', json, true],
    ['{ $.level = "INFO" && ($.count = 4 || $.ok IS TRUE) }', json, false],
    ['{ $.level = "ERROR" }', 'not JSON: ERROR', false],
    ['{ $.level = "ERROR" }', '{"level": "ERROR"', false],
  ])('%s on %s: %s', (pattern, message, expected) => {
    expect(compileFilterPattern(pattern)(message)).toBe(expected);
  });

  test.each([
    ['"open', 'unbalanced quotation mark'],
    ['%(a)%', '( and ) are not supported'],
    ['%[%', 'is not a regular expression'],
    ['[ip, user', 'the bracket is not closed in [ip, user'],
    ['[ip, , user]', 'unexpected empty field'],
    ['[bytes > many]', 'unexpected bytes > many'],
    ['x'.repeat(1025), 'length less than or equal to 1024'],
    ['{ $.a = 1', 'unexpected the end, where } is expected'],
    ['{ $.a }', 'unexpected }'],
    ['{ a = 1 }', 'a selector such as $.field'],
    ['{ $.a = 1 } x', 'unexpected x'],
    ['{ $.a > b }', 'a comparison'],
    ['{ $.a IS 1 }', 'NULL, TRUE or FALSE'],
    ['{ ($.a = 1 }', 'where ) is expected'],
  ])('%s is refused', (pattern, expected) => {
    expect(() => compileFilterPattern(pattern)).toThrow(
      expect.objectContaining({
        code: 'InvalidParameterException',
        message: expect.stringContaining(expected),
      }),
    );
  });
});
