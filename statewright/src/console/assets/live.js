/** Keeps a page up to date: fetches it again, and changes what has changed. */
import { Idiomorph } from './idiomorph.js';

const RUNNING_MS = 500;
const IDLE_MS = 2000;

const callbacks = {
  // What the reader has opened or closed stays so, and what a script has added stays there.
  beforeAttributeUpdated: (name, node) =>
    !(name === 'open' && node instanceof HTMLDetailsElement) &&
    !(name === 'hidden' && node instanceof HTMLPreElement) &&
    !(name === 'aria-pressed' && node.hasAttribute('data-payload')),
  beforeNodeRemoved: (node) => !(node instanceof Element && node.hasAttribute('data-added')),
};

/** Changes the regions that have changed. @returns whether one has */
function update(fresh) {
  let changed = false;
  for (const region of document.querySelectorAll('[data-live]')) {
    const replacement = fresh.getElementById(region.id);
    if (!replacement) continue;
    // The page counts itself.
    for (const counter of replacement.querySelectorAll('[data-since]')) counter.textContent = '';
    const shown = replacement.innerHTML;
    if (shown === region.dataset.shown) continue;
    const followed = [...region.querySelectorAll('pre[data-follow]')].filter(isAtEnd);
    Idiomorph.morph(region, replacement.childNodes, {
      morphStyle: 'innerHTML',
      ignoreActiveValue: true,
      callbacks,
    });
    region.dataset.shown = shown;
    for (const log of followed) log.scrollTop = log.scrollHeight;
    changed = true;
  }
  return changed;
}

const isAtEnd = ({ scrollTop, clientHeight, scrollHeight }) => scrollTop + clientHeight >= scrollHeight - 4;

/** @param onChange called when something has changed */
export async function follow(onChange) {
  const main = document.querySelector('main[data-refresh]');
  if (!main) return;
  if (!document.hidden) {
    try {
      const response = await fetch(location.pathname + location.search);
      if (response.ok) {
        const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
        if (update(fresh)) onChange();
        for (const name of ['data-running', 'data-refresh']) {
          main.toggleAttribute(name, fresh.querySelector('main').hasAttribute(name));
        }
      }
    } catch {
      // The server may be restarting: the next poll tries again.
    }
  }
  setTimeout(follow, main.hasAttribute('data-running') ? RUNNING_MS : IDLE_MS, onChange);
}
