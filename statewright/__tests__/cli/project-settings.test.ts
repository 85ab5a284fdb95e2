import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { givenValues, readProjectSettings, stackInputs } from '../../src/cli/project-settings';
import { UserError } from '../../src/user-error';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (settings: object) => writeFileSync(join(folder, 'statewright.json'), JSON.stringify(settings));

test('values of the stack that only AWS knows', () => {
  write({ values: { 'data.aws_subnets.n.ids': ['subnet-1'] } });
  expect(givenValues(folder)).toEqual({ 'data.aws_subnets.n.ids': ['subnet-1'] });
});

test('without them, there are none', () => {
  expect(readProjectSettings(folder).values).toEqual({});
  write({ inputs: {} });
  expect(givenValues(folder)).toEqual({});
});

test('the settings of the current folder are those of a stack elsewhere, such as in cdktf.out', () => {
  const before = process.cwd();
  write({ values: { 'data.aws_vpc.v.id': 'vpc-1' } });
  try {
    process.chdir(folder);
    expect(givenValues('cdktf.out/stacks/app')).toEqual({ 'data.aws_vpc.v.id': 'vpc-1' });
  } finally {
    process.chdir(before);
  }
});

test('files with values of variables override those that Terraform reads itself; the last file wins', () => {
  write({ varFiles: ['dev.tfvars', 'more.tfvars.json'] });
  writeFileSync(join(folder, 'terraform.tfvars'), 'size = 1\nstage = "none"\nowner = "me"');
  writeFileSync(join(folder, 'dev.tfvars'), 'stage = "dev"\nsize = 2');
  writeFileSync(join(folder, 'more.tfvars.json'), '{ "size": 3 }');

  expect(stackInputs(folder).variables).toMatchObject({ owner: 'me', stage: 'dev', size: '3' });

  write({ varFiles: ['missing.tfvars'] });
  expect(() => stackInputs(folder)).toThrow(`${join(folder, 'missing.tfvars')} does not exist.`);

  write({ varFiles: ['invalid.tfvars.json'] });
  writeFileSync(join(folder, 'invalid.tfvars.json'), '{ "size": ');
  expect(() => stackInputs(folder)).toThrow(UserError);
  writeFileSync(join(folder, 'invalid.tfvars.json'), 'null');
  expect(() => stackInputs(folder)).toThrow(`${join(folder, 'invalid.tfvars.json')}: is not an object`);
});

test.each([
  [{ varFiles: 'dev.tfvars' }, 'statewright.json: "varFiles" must be a list of strings.'],
  [{ values: [] }, 'statewright.json: "values" must be an object.'],
  [{ inputs: 1 }, 'statewright.json: "inputs" must be an object.'],
  [{ diagrams: 1 }, 'statewright.json: "diagrams" must be a string.'],
  [{ valeus: {} }, 'statewright.json has the unknown field "valeus".'],
])('%j is an error', (settings, message) => {
  write(settings);
  expect(() => readProjectSettings(folder)).toThrow(message);
});
