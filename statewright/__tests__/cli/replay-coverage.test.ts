import { combinedPath, renderCoverage } from '../../src/cli/replay/coverage';
import { renderDiagram } from '../../src/diagram';
import { deployDefinition, functionArn, type TestExecution } from '../../src/testing';

const definition = {
  StartAt: 'Size',
  States: {
    Size: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.size', NumericGreaterThan: 100, Next: 'Huge' },
        { Variable: '$.size', NumericGreaterThan: 10, Next: 'Large' },
      ],
      Default: 'Small',
    },
    Huge: { Type: 'Fail' },
    Large: {
      Type: 'Task',
      Resource: functionArn('pack'),
      Retry: [{ ErrorEquals: ['Busy'] }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Small' }],
      End: true,
    },
    Small: { Type: 'Pass', End: true },
  },
};

let executions: TestExecution[];
beforeAll(async () => {
  const workflow = await deployDefinition(definition);
  workflow.replace('pack', () => 'packed');
  executions = [];
  for (const size of [1, 1, 1, 1, 1, 1, 1, 1, 11]) executions.push(await workflow.run({ size }));
});

test('coverage of production: what no execution took', async () => {
  expect(await renderCoverage('sizes', definition, executions)).toBe(
    [
      'State machine coverage',
      '',
      'State machine  Executions  States  Transitions  Choices  Retries  Catches      All',
      'sizes                   9     3/4          2/2      2/3      0/1      0/1  63.63 %',
      '',
      'Not exercised in sizes:',
      '  Size: rule → Huge  (/States/Size/Choices[0])',
      '  Huge  (/States/Huge)',
      '  Large: retry of Busy  (/States/Large/Retry[0])',
      '  Large: States.ALL → Small  (/States/Large/Catch[0])',
      '',
    ].join('\n'),
  );
});

test('on the diagram, the lines are the wider the more executions took them', () => {
  const svg = renderDiagram(definition, {
    execution: combinedPath(definition, executions),
    widthsByCount: true,
  });
  const widths = [...svg.matchAll(/class="way"[^>]*stroke-width: ([\d.]+)px/g)].map(([, width]) =>
    Number(width),
  );
  expect(widths).toHaveLength(4);
  expect(Math.max(...widths)).toBe(9);
  expect(Math.min(...widths)).toBeLessThan(4);
});
