/** Tests a state, or an expression, without leaving the page. */
import { Idiomorph } from './idiomorph.js';

const callbacks = {
  // What the reader has opened stays open.
  beforeAttributeUpdated: (name, node) => !(name === 'open' && node.matches('details')),
};

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.matches('form[data-test]')) return;
  event.preventDefault();
  if (form.getAttribute('aria-busy') === 'true') return;
  form.setAttribute('aria-busy', 'true');
  const button = form.querySelector('button[type="submit"]');
  const label = button.textContent;
  button.textContent = 'Running…';
  const result = document.getElementById('test-result');
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
    });
    const text = await response.text();
    const fresh = new DOMParser().parseFromString(text, 'text/html');
    const shown = fresh.getElementById('test-result');
    if (shown) {
      Idiomorph.morph(form, fresh.getElementById(form.id), { ignoreActiveValue: true, callbacks });
      result.replaceChildren(...shown.childNodes);
      const verdict = result.querySelector('.verdict, .problem')?.textContent;
      document.getElementById('test-status').textContent = verdict ?? 'The result is shown.';
    } else {
      showProblem(result, fresh.querySelector('main .problem')?.textContent ?? text);
    }
  } catch {
    showProblem(result, 'The server does not answer. Start it, then try again.');
  }
  form.removeAttribute('aria-busy');
  button.textContent = label;
  const wrong = form.querySelector('[aria-invalid="true"]');
  if (!wrong) return document.getElementById('tested').scrollIntoView({ block: 'nearest' });
  wrong.closest('details')?.toggleAttribute('open', true);
  wrong.focus();
});

function showProblem(result, text) {
  const problem = document.createElement('p');
  problem.className = 'problem';
  problem.setAttribute('role', 'alert');
  problem.textContent = text;
  result.replaceChildren(problem);
}

document.addEventListener('keydown', (event) => {
  const form = event.target.closest?.('form[data-test]');
  if (!form || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit();
});
