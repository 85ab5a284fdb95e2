import { conditionText, withShorterPath } from '../../src/diagram/condition';
import { labelRoute } from '../../src/diagram/label';

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

test('a path is shortened member by member', () => {
  const text = '$.order.items[0].status == "DONE" and $.id is present';
  const once = withShorterPath(text);
  expect(once).toBe('$….items[0].status == "DONE" and $.id is present');
  const twice = withShorterPath(once ?? '');
  expect(twice).toBe('$…[0].status == "DONE" and $.id is present');
  expect(withShorterPath(twice ?? '')).toBe('$….status == "DONE" and $.id is present');
  expect(withShorterPath('$….status == "DONE" and $.id is present')).toBeUndefined();
});

test('a label that is too long keeps what it compares with', () => {
  const label = (value: string) =>
    labelRoute({
      from: 'A',
      to: 'B',
      labels: [
        conditionText({
          Variable: '$.reservation.request.answer.idempotencyRecord.Item.status.S',
          StringEquals: value,
        }),
      ],
    } as never).label?.lines.join(' ');

  expect(label('SUCCEEDED')).toMatch(/^\$….*status\.S == "SUCCEEDED"$/);
  expect(label('X'.repeat(100))).toMatch(/^\$\.reservation.*…$/);
});
