/** Checks the definition while it changes: the server answers with the list of problems, and with the diagram. */
import { syntaxTree } from '@codemirror/language';
import { linter, lintGutter, lintKeymap } from '@codemirror/lint';
import { keymap } from '@codemirror/view';
import * as diagram from './diagram.js';
import { post, problemIn } from './post.js';

/** A pause in typing, in milliseconds. */
const PAUSE = 400;

/** Where a problem of the list is in the text. */
export function positionOf(state, { line, column }) {
  const { from, to } = state.doc.line(Math.min(Number(line), state.doc.lines));
  return Math.min(from + Number(column) - 1, to);
}

/** The problem's key or value, in its line. */
function markOf(state, item) {
  const from = positionOf(state, item.dataset);
  const end = state.doc.lineAt(from).to;
  const node = syntaxTree(state).resolveInner(from, 1);
  const to = node.from === from ? node.to : from + 1;
  return {
    from,
    to: Math.min(Math.max(to, from + 1), Math.max(end, from)),
    severity: item.className,
    source: item.querySelector('code').textContent,
    message: item.querySelector('.message').textContent,
  };
}

function showDiagram(fresh) {
  const shown = document.getElementById('live-diagram');
  // A definition with errors is not drawn: what is shown is out of date.
  shown.classList.toggle('outdated', !fresh.firstElementChild);
  if (!fresh.firstElementChild) return;
  shown.replaceChildren(...fresh.childNodes);
  diagram.apply();
}

/** @param area the element with the address of the check, and the list of problems */
export function checking(area, form) {
  const list = area.querySelector('#diagnostics');
  let request;
  const check = async ({ state }) => {
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    try {
      const { response, page } = await post(area.dataset.check, new FormData(form), signal);
      if (!response.ok) throw problemIn(page);
      list.replaceChildren(...page.getElementById('diagnostics').childNodes);
      showDiagram(page.getElementById('live-diagram'));
    } catch (error) {
      if (signal.aborted) return [];
      list.textContent = `The definition was not checked. ${error.message}`;
    }
    return [...list.querySelectorAll('[data-line]')].map((item) => markOf(state, item));
  };
  return [linter(check, { delay: PAUSE }), lintGutter(), keymap.of(lintKeymap)];
}
