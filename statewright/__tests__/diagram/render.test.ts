import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { diagramStyles, pngScale, renderDiagram, renderPng } from '../../src/diagram';
import { executionPath } from '../../src/history/execution-path';
import { caught, failed, success } from '../history/histories';
import { chain, errorHandling, samples } from '../machines';

const drawn = (events: typeof caught) => renderDiagram(errorHandling, { execution: executionPath(events) });
const statusOf = (svg: string, name: string) =>
  new RegExp(`<g class="state ?([a-z-]*)" data-state="${name}">`).exec(svg)?.[1];
const titles = (svg: string) => [...svg.matchAll(/<title>([^<]*)<\/title>/g)].map(([, title]) => title);

describe('an execution on its diagram', () => {
  test('a caught error', () => {
    const svg = drawn(caught);
    expect(['Test', 'HandleError', 'FailState', 'SuccessState'].map((name) => statusOf(svg, name))).toEqual([
      'caught',
      'succeeded',
      'succeeded',
      'not-run',
    ]);
    expect(svg.match(/class="transition catch taken"/g)).toHaveLength(1);
    expect(svg.match(/class="transition taken"/g)).toHaveLength(3);
    expect(svg.match(/class="transition"/g)).toHaveLength(2);
  });

  test('success does not take the error’s transition', () => {
    const svg = drawn(success);
    expect(['Test', 'HandleError'].map((name) => statusOf(svg, name))).toEqual(['succeeded', 'not-run']);
    expect(svg).toContain('class="transition catch"');
  });

  test('a failure does not reach the end', () => {
    const svg = drawn(failed);
    expect(statusOf(svg, 'Test')).toBe('failed');
    expect(svg.match(/class="terminal taken"/g)).toHaveLength(1);
    expect(svg).toContain('>1 retry</text>');
  });

  test('a running execution', () => {
    expect(statusOf(drawn(caught.slice(0, 9)), 'HandleError')).toBe('in-progress');
    expect(statusOf(drawn([]), 'Test')).toBe('not-run');
  });

  test('is described in words too', () => {
    const svg = drawn(caught);
    expect(titles(svg)).toContain('Test: Task · Lambda Test, caught error TestError');
    expect(svg).toContain('SuccessState: Pass, not run</desc>'.replace('</desc>', '. HandleError'));
    expect([...svg.matchAll(/class="subtitle" [^>]*>([^<]*)</g)].map(([, label]) => label).slice(-3)).toEqual(
      ['Succeeded', 'Caught error', 'Not run'],
    );
  });

  test('iterations and retries are counted', () => {
    const { definition, events } = samples['map-iterations'] ?? {};
    const svg = renderDiagram(definition, { execution: executionPath(events ?? []) });
    const pills = [...svg.matchAll(/class="pill[^"]*">.*?<\/g>/g)].join();
    expect([...pills.matchAll(/>([^<]+)<\/text>/g)].map(([, label]) => label)).toEqual([
      '2 items',
      '1 retry',
      '2 times',
    ]);
    expect(titles(svg)).toContain('Charge: Task · Lambda Charge, caught error Declined, 2 times, 1 retry');
  });
});

test.each(Object.keys(samples))('%s is well-formed XML with every name as text', (name) => {
  const { definition, events } = samples[name] ?? {};
  const svg = renderDiagram(definition, events && { execution: executionPath(events) });
  expect(XMLValidator.validate(svg)).toBe(true);
  const { svg: root } = new XMLParser({ ignoreAttributes: false }).parse(svg);
  expect(root.title).toBe('State machine');
  expect(root).not.toHaveProperty('script');
});

test('a state named as markup is text', () => {
  const svg = renderDiagram(samples['names-escaped']?.definition);
  expect(svg).not.toContain('<script');
  expect(svg).not.toContain('<img');
  expect(svg).toContain('data-state="&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"');
});

test('characters that XML cannot hold are replaced', () => {
  const svg = renderDiagram({
    StartAt: 'a\u0000\ud800b',
    States: { 'a\u0000\ud800b': { Type: 'Pass', End: true } },
  });
  expect(svg).toContain('data-state="a\ufffd\ufffdb"');
});

test('a link for each state, and the page’s own styles', () => {
  const svg = renderDiagram(errorHandling, { hasPageStyles: true, linkTo: (name) => `#state-${name}` });
  expect(svg.match(/<a href="#state-/g)).toHaveLength(4);
  expect(svg).toContain('role="group"');
  expect(svg).not.toMatch(/<style|style="/);
});

test('a name that is too long for its card is whole in the tooltip', () => {
  const name = `answer-${'a-question-'.repeat(6)}of-a-customer`;
  const Resource = `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
  const svg = renderDiagram({ StartAt: name, States: { [name]: { Type: 'Task', Resource, End: true } } });
  expect(titles(svg)).toContain(`${name}: Task · Lambda ${name}`);
});

test('the same input returns the same text', () => {
  expect(renderDiagram(errorHandling)).toBe(renderDiagram(structuredClone(errorHandling)));
});

describe('themes', () => {
  test('auto is light, or dark when the reader prefers dark', () => {
    expect(diagramStyles('auto')).toMatch(
      /#f6f7f9[\s\S]*@media \(prefers-color-scheme: dark\) \{[\s\S]*#10161e/,
    );
    expect(diagramStyles('dark')).not.toMatch(/@media|#f6f7f9/);
    expect(diagramStyles('light')).not.toMatch(/@media|#10161e/);
  });
});

describe('PNG', () => {
  const size = (png: Uint8Array) => {
    const view = new DataView(png.buffer, png.byteOffset);
    return [view.getUint32(16), view.getUint32(20)];
  };

  test('has the requested size, and auto is light', () => {
    const light = renderDiagram(errorHandling, { theme: 'light' });
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(light) ?? [];
    expect(size(renderPng(light, 2))).toEqual([Number(width) * 2, Number(height) * 2]);
    expect(Buffer.from(renderPng(renderDiagram(errorHandling), 1)).equals(renderPng(light, 1))).toBe(true);
  });

  test('of a large diagram is smaller, so that it needs little memory', () => {
    expect(pngScale('<svg width="500" height="400">')).toBe(2);
    expect(pngScale('<svg width="13878" height="4000">')).toBeCloseTo(0.537, 2);
    expect(pngScale('<svg width="300" height="50000">')).toBeCloseTo(0.655, 2);
  });

  test('shows the text', () => {
    const svg = renderDiagram(errorHandling, { theme: 'light' });
    const silent = svg.replace(/<text[\s\S]*?<\/text>/g, '');
    expect(Buffer.from(renderPng(svg, 1)).equals(renderPng(silent, 1))).toBe(false);
  });
});

test('two hundred states', () => {
  expect(renderDiagram(chain(200)).match(/class="state"/g)).toHaveLength(200);
});

test('an error’s transition in a shared lane is marked from where it joins', () => {
  const { definition = {}, events = [] } = samples['one-error-handler'] ?? {};
  const svg = renderDiagram(definition, { execution: executionPath(events) });
  const lines = [...svg.matchAll(/<g class="transition catch( taken)?">/g)].map(([, taken]) =>
    Boolean(taken),
  );
  // Of two lanes with five transitions each: the second transition, four of the five parts of its lane, and its end.
  expect(lines.filter(Boolean)).toHaveLength(6);
});
