import { conditionText } from '../../src/diagram/condition';

test.each([
  [{ Variable: '$.a', StringEquals: 'x' }, '$.a == "x"'],
  [{ Variable: '$.a', NumericLessThan: 3 }, '$.a < 3'],
  [{ Variable: '$.a', NumericGreaterThanEquals: 3 }, '$.a >= 3'],
  [{ Variable: '$.a', BooleanEquals: true }, '$.a == true'],
  [{ Variable: '$.a', TimestampLessThanEqualsPath: '$.b' }, '$.a <= $.b'],
  [{ Variable: '$.a', StringMatches: 'x*' }, '$.a matches "x*"'],
  [{ Variable: '$.a', IsPresent: true }, '$.a is present'],
  [{ Variable: '$.a', IsNumeric: false }, '$.a is not a number'],
  [{ Not: { Variable: '$.a', IsNull: true } }, 'not ($.a is null)'],
  [
    {
      And: [
        { Variable: '$.a', NumericEquals: 1 },
        {
          Or: [
            { Variable: '$.b', IsString: true },
            { Variable: '$.c', IsBoolean: true },
          ],
        },
      ],
    },
    '$.a == 1 and ($.b is a string or $.c is a boolean)',
  ],
  [{ Condition: '{% $x > 1 %}' }, '$x > 1'],
  [{ Condition: true }, 'true'],
])('%j', (rule, expected) => {
  expect(conditionText(rule)).toBe(expected);
});
