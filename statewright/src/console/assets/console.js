/** Opens the target of a link, counts the time of what runs, and starts the other scripts. */
import { follow } from './live.js';

const TICK_MS = 100;

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

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

addEventListener('hashchange', openTarget);
openTarget();
count();
setInterval(count, TICK_MS);
follow(count);
