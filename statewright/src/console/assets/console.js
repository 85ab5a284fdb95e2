/** Counts the time of what runs, and starts the other scripts. */
import './drop.js';
import * as diagram from './diagram.js';
import { follow } from './live.js';
import './payload.js';
import { mark, select } from './selection.js';
import './test.js';
import * as timeline from './timeline.js';

const TICK_MS = 100;

/** Updates the durations of everything that is still running. */
function count() {
  for (const counter of document.querySelectorAll('[data-since]')) {
    counter.textContent = elapsed(Date.now() - Number(counter.dataset.since));
  }
}

function elapsed(milliseconds) {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s so far`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s so far`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${minutes % 60} min so far`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h so far`;
}

/** A choice in a form is its answer: no button is needed. */
document.addEventListener('change', ({ target }) => {
  if (target.matches?.('[data-submit]')) target.form.requestSubmit();
});

document.documentElement.classList.add('has-script');
count();
timeline.apply();
select();
diagram.start();
setInterval(count, TICK_MS);
follow(() => {
  count();
  timeline.apply();
  mark();
  diagram.apply();
});
