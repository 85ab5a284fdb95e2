import { TerraformOutput, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { address } from '../../src/constructs/address';

test('the address ends with the name, wherever the element is in the tree', () => {
  const json = Testing.synthScope((scope) => {
    address('arn', new TerraformOutput(new Construct(scope, 'deep'), 'inside', { value: 1 }));
  });

  expect(JSON.parse(json).output).toEqual({ arn: { value: 1 } });
});
