/** Copies a payload, and shows it as a tree. */
import { jsonTree } from './json-tree.js';

const COPIED_MS = 1500;

/** The payload's whole text: the page may show only its beginning. */
async function textOf(pre) {
  const { source } = pre.dataset;
  return source === undefined ? pre.textContent : (await fetch(source)).text();
}

async function copy(button, text) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Not allowed';
  }
  setTimeout(() => {
    button.textContent = label;
  }, COPIED_MS);
}

async function toggleTree(button, payload) {
  const pre = payload.querySelector('pre');
  const shown = payload.querySelector('.json-tree');
  const tree = shown ?? jsonTree(await textOf(pre), pre.getAttribute('aria-label'));
  if (!tree) return;
  if (shown) shown.remove();
  else pre.after(tree);
  pre.hidden = !shown;
  button.setAttribute('aria-pressed', String(!shown));
}

document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('[data-payload]');
  const payload = button?.closest('.payload');
  if (!payload) return;
  if (button.dataset.payload === 'tree') await toggleTree(button, payload);
  else await copy(button, await textOf(payload.querySelector('pre, code')));
});

document.addEventListener('copy-text', ({ target, detail }) => copy(target, detail));
