import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DefinitionFileError,
  definitionFile,
  deployDefinition,
  functionArn,
  returns,
} from '../../src/testing';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'definition-file-'));
  file = join(folder, 'states.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const template = `{
  "StartAt": "Work",
  "States": { "Work": { "Type": "Task", "Resource": "\${work_arn}", "TimeoutSeconds": \${ timeout }, "End": true } }
}`;

test('is the definition, with its placeholders filled in', async () => {
  writeFileSync(file, template);
  const definition = definitionFile(file, { work_arn: functionArn('Work'), timeout: 30 });
  expect(definition).toMatchObject({ States: { Work: { TimeoutSeconds: 30 } } });
  const workflow = await deployDefinition(definition);
  expect(await workflow.replace('Work', returns('done')).run()).toHaveSucceededWith('done');
});

test('needs no values where it has no placeholders', () => {
  writeFileSync(file, '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}');
  expect(definitionFile(file)).toEqual({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
});

test('is a file in YAML, or a state machine of a template', () => {
  const yaml = join(folder, 'states.asl.yaml');
  writeFileSync(yaml, `StartAt: A\nStates:\n  A: { Type: Wait, Seconds: \${seconds}, End: true } # waits\n`);
  expect(definitionFile(yaml, { seconds: 5 })).toEqual({
    StartAt: 'A',
    States: { A: { Type: 'Wait', Seconds: 5, End: true } },
  });
  expect(() => definitionFile(yaml)).toThrow(`needs a value for \${seconds}.`);

  const sam = join(__dirname, '../definitions/samples/sam.yaml');
  expect(definitionFile(sam, { Stage: 'prod' }, { stateMachine: 'Orders' })).toMatchObject({
    States: { Charge: { Resource: functionArn('charge-prod') } },
  });
  expect(() => definitionFile(sam)).toThrow(
    'has 2 state machines: orders-dev, Notify. Select one with the option stateMachine.',
  );
});

test.each<[string, string, Record<string, string>, string]>([
  [
    'a value is missing',
    template,
    { work_arm: 'x', timeout: '1' },
    `needs a value for \${work_arn}. Did you mean work_arm?`,
  ],
  ['the values are missing', template, {}, `needs a value for \${work_arn}.`],
  [
    'a value has no place',
    template,
    { work_arn: 'x', timeout: '1', tineout: '1' },
    `has no \${tineout}. Did you mean timeout?`,
  ],
  ['it is not valid JSON', '{"StartAt": }', {}, 'states.json is not valid JSON: line 1, column 13: '],
])('says when %s', (_, text, values, message) => {
  writeFileSync(file, text);
  expect(() => definitionFile(file, values)).toThrow(DefinitionFileError);
  expect(() => definitionFile(file, values)).toThrow(message);
});

test('reports a file that does not exist or has no definition', () => {
  expect(() => definitionFile(file)).toThrow(`${file} does not exist.`);
  writeFileSync(file, '"text"');
  expect(() => definitionFile(file)).toThrow(
    'does not contain a definition: a state machine is a JSON object.',
  );
});
