import { compileLookup, IntrinsicError } from '../../../../src/engine/data';
import { scopeOf } from '../scope';

const INPUT = '{ "other": 1 }';
const context = { State: { Name: 'A' } };

describe('the error of a function names the whole expression', () => {
  test.each([
    [
      "States.Format('{}', $.nope)",
      "The JsonPath argument for the field '$.nope' could not be found in the input '{ \"other\": 1 }'",
    ],
    [
      "States.Format('{}',  States.ArrayLength($.nope))",
      "The JsonPath argument for the field '$.nope' could not be found in the input '{ \"other\": 1 }'",
    ],
    [
      "States.Format('{}', $$.Nope.Deep)",
      "The JsonPath argument for the field '$.Nope.Deep' could not be found in the input '{ \"other\": 1 }'",
    ],
    [
      'States.Array($nope)',
      "The JsonPath argument for the field '$nope' could not be found in the input '{ \"other\": 1 }'",
    ],
    ['States.Array($.other[0])', 'Filter: [0] can only be applied to arrays. Current context is: 1'],
    ['States.Array(States.MathAdd(1, $.other, 2))', 'Invalid arguments in States.MathAdd'],
    ['States.UUID(1)', 'Invalid arguments in States.UUID'],
    ["States.Array(States.StringToJson('x'))", 'Invalid arguments in States.StringToJson'],
  ])('%s: %s', (expression, reason) => {
    const evaluate = () => compileLookup(expression)(scopeOf(INPUT, { context }));
    expect(evaluate).toThrow(IntrinsicError);
    expect(evaluate).toThrow(
      expect.objectContaining({
        error: 'States.Runtime',
        expression,
        message: `The function '${expression}' had the following error: ${reason}`,
      }),
    );
  });
});

test('an argument may be null, and a list of matches may be empty', () => {
  const scope = scopeOf('{"nothing":null}');
  expect(compileLookup('States.Array($.nothing, $.none[*])')(scope)).toEqual([null, []]);
});
