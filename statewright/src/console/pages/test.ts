import type { Page } from '../document';
import { executionId } from '../execution-arn';
import { html, type Markup } from '../markup';
import { testSubjectChoice } from '../parts/test-subject';
import { pathsAt, type TestKind } from '../paths';
import type { ConsoleSource } from '../source';
import { recentVisits, type TestSubject } from '../state-test/test-subject';

/** Where a state, or an expression on its data, is tested: the form and the result. */
export async function testPage(
  source: ConsoleSource,
  kind: TestKind,
  subject: TestSubject,
  form: Markup,
  result: Markup = html`<p class="empty">${kind === 'state' ? 'The state has not been tested yet.' : 'Nothing has been evaluated yet.'}</p>`,
): Promise<Page> {
  const paths = pathsAt(source.base);
  const { machine, machineName, state, visited } = subject;
  const recent = await recentVisits(source, machine, state.name);
  const title = kind === 'state' ? `Test ${state.name}` : `Test an expression at ${state.name}`;
  const content = html`<h1>${title} <small>${state.type}</small></h1>
${testSubjectChoice(paths, kind, subject, recent)}
<div class="columns">
<section aria-labelledby="data"><h2 id="data">${kind === 'state' ? 'Test' : 'Expression'}</h2>${form}</section>
<section aria-labelledby="tested"><h2 id="tested" tabindex="-1">Result</h2><p class="sr-only" role="status" id="test-status"></p><div id="test-result">${result}</div></section>
</div>`;
  return {
    title,
    trail: [
      { title: 'State machines', href: paths.home },
      { title: machine.name, href: paths.stateMachine(machine.name) },
      ...(visited
        ? [
            {
              title: visited.execution.name,
              href: paths.execution(machineName, executionId(visited.execution.executionArn)),
            },
          ]
        : []),
    ],
    content,
  };
}
