/** Keeps a page up to date: fetches it again, and changes what has changed. */
import { Idiomorph } from './idiomorph.js';

const RUNNING_MS = 500;
const IDLE_MS = 2000;

/** What the reader or a script has changed stays so: what is open, entered, shown as a tree. */
const KEPT = {
  open: 'details',
  hidden: 'pre',
  'aria-pressed': '[data-payload]',
  value: 'input',
  checked: 'input',
  selected: 'option',
};

const callbacks = {
  beforeAttributeUpdated: (name, node) => !(name in KEPT && node.matches(KEPT[name])),
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
    Idiomorph.morph(region, replacement.childNodes, {
      morphStyle: 'innerHTML',
      ignoreActiveValue: true,
      callbacks,
    });
    region.dataset.shown = shown;
    changed = true;
  }
  return changed;
}

/** The logs that the reader has scrolled back in, by what they are the log of. */
const left = new Set();
const logId = (log) => log.closest('[id]').id;

document.addEventListener(
  'scroll',
  ({ target: log }) => {
    if (!log.matches?.('pre[data-follow]')) return;
    const isAtEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 4;
    if (isAtEnd) left.delete(logId(log));
    else left.add(logId(log));
  },
  { capture: true },
);

/** Shows the end of each log that is still written. */
function showEnds() {
  for (const log of document.querySelectorAll('pre[data-follow]')) {
    if (!left.has(logId(log))) log.scrollTop = log.scrollHeight;
  }
}

/** @param onChange called when something has changed */
export async function follow(onChange) {
  const main = document.querySelector('main[data-refresh]');
  if (!main) return;
  if (!document.hidden) {
    try {
      const response = await fetch(location.pathname + location.search);
      if (response.ok) {
        const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
        if (update(fresh)) {
          showEnds();
          onChange();
        }
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
