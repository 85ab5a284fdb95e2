/** Keeps a page of a running execution up to date, and opens the target of a link. */
const PERIOD_MS = 500;
const TICK_MS = 100;

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

/** Replaces the regions that have changed; what the reader has opened or closed stays so. */
function update(fresh) {
  for (const region of document.querySelectorAll('[data-live]')) {
    const replacement = fresh.getElementById(region.id);
    if (!replacement) continue;
    // The page updates the counters itself.
    for (const counter of replacement.querySelectorAll('[data-since]')) counter.textContent = '';
    const shown = replacement.innerHTML;
    if (shown === region.dataset.shown) continue;
    const focused = region.contains(document.activeElement)
      ? document.activeElement.closest('[id]')?.id
      : undefined;
    for (const details of region.querySelectorAll('details')) {
      replacement.querySelector(`#${CSS.escape(details.id)}`)?.toggleAttribute('open', details.open);
    }
    region.replaceChildren(...replacement.childNodes);
    region.dataset.shown = shown;
    const again = focused && document.getElementById(focused);
    (again?.querySelector('summary') ?? again)?.focus();
  }
  count();
}

async function follow() {
  const main = document.querySelector('main[data-running]');
  if (!main) return;
  try {
    const response = await fetch(location.pathname + location.search);
    if (response.ok) {
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
      update(fresh);
      if (!fresh.querySelector('main[data-running]')) main.removeAttribute('data-running');
    }
  } catch {
    // The server may be restarting: the next poll tries again.
  }
  setTimeout(follow, PERIOD_MS);
}

/** Updates the durations of everything that is still running. */
function count() {
  const counters = document.querySelectorAll('[data-since]');
  for (const counter of counters) counter.textContent = elapsed(Date.now() - Number(counter.dataset.since));
  return counters.length > 0;
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
if (count()) setInterval(count, TICK_MS);
setTimeout(follow, PERIOD_MS);
