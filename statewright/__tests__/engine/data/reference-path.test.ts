import { JsonPathSyntaxError } from '../../../src/asl/json-path';
import {
  compileReferencePath,
  parseJson,
  ReferencePathConflictError,
  stringifyJson,
} from '../../../src/engine/data';

describe('writing at a reference path', () => {
  test.each([
    ['$', '{"a":1}', '"r"'],
    ['$.r', '{"a":1}', '{"a":1,"r":"r"}'],
    ['$.a', '{"a":1,"b":2}', '{"a":"r","b":2}'],
    ['$.x.y', '{"a":1}', '{"a":1,"x":{"y":"r"}}'],
    ['$.a.y', '{"a":{"x":1.0}}', '{"a":{"x":1.0,"y":"r"}}'],
    ["$['odd name']", '{}', '{"odd name":"r"}'],
    ['$.list[1]', '{"list":[1,2,3]}', '{"list":[1,"r",3]}'],
    ['$.list[0].x', '{"list":[{"y":1}]}', '{"list":[{"y":1,"x":"r"}]}'],
    ['$.__proto__', '{}', '{"__proto__":"r"}'],
  ])('%s into %s results in %s', (path, document, written) => {
    expect(stringifyJson(compileReferencePath(path)(parseJson(document), 'r'))).toBe(written);
  });

  test('does not change the document', () => {
    const document = { list: [{ a: 1 }] };
    compileReferencePath('$.list[0].a')(document, 2);
    expect(document).toEqual({ list: [{ a: 1 }] });
  });
});

describe('a path that does not fit the document', () => {
  test.each([
    ['$.r', '"text"'],
    ['$.r', '[1]'],
    ['$.r', 'null'],
    ['$.a.r', '{"a":1}'],
    ['$.a[0]', '{"a":{}}'],
    ['$.a[1]', '{"a":[0]}'],
    ['$.b[0]', '{"a":1}'],
  ])('%s into %s', (path, document) => {
    const write = () => compileReferencePath(path)(parseJson(document), 'r');
    expect(write).toThrow(ReferencePathConflictError);
    expect(write).toThrow(
      expect.objectContaining({
        error: 'States.ReferencePathConflict',
        message: `Unable to apply ReferencePath ${path} to input ${document}`,
      }),
    );
  });
});

test.each(['$[*]', '$.a[?(@.b)]', '$..a', "$['a','b']", '$$.a', '$variable', '$.a.'])(
  '%s cannot be written to',
  (path) => {
    expect(() => compileReferencePath(path)).toThrow(JsonPathSyntaxError);
  },
);
