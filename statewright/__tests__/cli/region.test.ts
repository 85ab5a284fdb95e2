import { checkedRegion, environmentRegion } from '../../src/cli/region';

test.each([
  'us-east-1',
  'eu-central-2',
  'us-gov-west-1',
  'cn-northwest-1',
  'ap-southeast-9',
  'us-isob-east-1',
])('%s can be a region', (region) => {
  expect(checkedRegion(region, '--region')).toBe(region);
});

test.each(['mars-1', 'us-esat-1', 'us-east', 'US-EAST-1', 'us-east-1a', ''])('%j cannot', (region) => {
  expect(() => checkedRegion(region, '--region')).toThrow(`"${region}" (--region) is not an AWS region.`);
});

test('suggests the nearest region', () => {
  expect(() => checkedRegion('us-esat-1', '--region')).toThrow(
    expect.objectContaining({ hint: 'Did you mean us-east-1?' }),
  );
});

test('AWS_REGION comes before AWS_DEFAULT_REGION, and that before us-east-1', () => {
  expect(environmentRegion({ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' })).toBe('eu-west-1');
  expect(environmentRegion({ AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-2' })).toBe('eu-west-2');
  expect(environmentRegion({})).toBe('us-east-1');
});
