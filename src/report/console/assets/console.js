/** Keeps a page of a running execution up to date, and opens the state that a link leads to. */
const PERIOD_MS = 500;

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

/** Puts the regions that have changed in place of the old ones; what a reader has opened stays open. */
function update(fresh) {
  for (const region of document.querySelectorAll('[data-live]')) {
    const replacement = fresh.getElementById(region.id);
    if (!replacement || replacement.innerHTML === region.dataset.shown) continue;
    const shown = replacement.innerHTML;
    const focused = region.contains(document.activeElement)
      ? document.activeElement.closest('[id]')?.id
      : undefined;
    for (const details of region.querySelectorAll('details[open]')) {
      replacement.querySelector(`#${CSS.escape(details.id)}`)?.setAttribute('open', '');
    }
    region.replaceChildren(...replacement.childNodes);
    region.dataset.shown = shown;
    const again = focused && document.getElementById(focused);
    (again?.querySelector('summary') ?? again)?.focus();
  }
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
    // The server may be restarting: the next try will tell.
  }
  setTimeout(follow, PERIOD_MS);
}

addEventListener('hashchange', openTarget);
openTarget();
setTimeout(follow, PERIOD_MS);
