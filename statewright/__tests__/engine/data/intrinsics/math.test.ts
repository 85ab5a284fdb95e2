import { compileLookup } from '../../../../src/engine/data';
import { scopeOf } from '../scope';
import { call, refusal } from './call';

describe('States.MathAdd', () => {
  test.each([
    ['1, 2', '3'],
    ['111, -1', '110'],
    ['2.5, 0', '3'],
    ['-2.5, 0', '-2'],
    ['0.4, 0.4', '0'],
    ['-0.2, 0', '0'],
    ['2147483646, 1', '2147483647'],
    ['-2147483647, -1', '-2147483648'],
  ])('of %s is %s', (values, sum) => {
    expect(call(`States.MathAdd(${values})`)).toBe(sum);
  });

  test.each(['2147483647, 1', '-2147483648, -1', '3000000000, 0', "'1', 1", 'true, 1', 'null, 1'])(
    'rejects %s',
    (values) => {
      expect(refusal(`States.MathAdd(${values})`)).toBe('Invalid arguments in States.MathAdd');
    },
  );

  test('accepts numbers in any notation', () => {
    expect(call('States.MathAdd($.a, $.b)', '{"a":1.0,"b":2e0}')).toBe('3');
  });
});

describe('States.MathRandom', () => {
  test.each([
    ['1, 10', 0, 1],
    ['1, 10', 0.999, 9],
    ['-5, 5', 0.5, 0],
    ['1.9, 3.9', 0.999, 2],
  ])('of %s at %d is %i', (values, random, number) => {
    const scope = { ...scopeOf('{}'), random: () => random };
    expect(compileLookup(`States.MathRandom(${values})`)(scope)).toBe(number);
  });

  test('a seed determines the result', () => {
    const numberAt = (random: number) =>
      compileLookup('States.MathRandom(0, 1000, 42)')({ ...scopeOf('{}'), random: () => random });
    // java.util.Random with the seed 42 starts with 0.7275636800328681.
    expect([numberAt(0), numberAt(0.9)]).toEqual([727, 727]);
  });

  test.each(['1, 1', '10, 5', '1.2, 1.8', "'1', 5", "1, 5, 'seed'", '1, 5, null'])('rejects %s', (values) => {
    expect(refusal(`States.MathRandom(${values})`)).toBe('Invalid arguments in States.MathRandom');
  });
});
