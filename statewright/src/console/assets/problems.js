/** Keeps the banner with the project's errors up to date. */
const banner = document.getElementById('problems');
const POLL_MS = 1000;

async function poll() {
  if (!document.hidden) {
    try {
      const response = await fetch(banner.dataset.problems);
      const shown = response.ok ? await response.text() : banner.dataset.shown;
      if (shown !== banner.dataset.shown) {
        banner.dataset.shown = shown;
        banner.replaceChildren(...new DOMParser().parseFromString(shown, 'text/html').body.childNodes);
      }
    } catch {
      // The server may be restarting: the next poll tries again.
    }
  }
  setTimeout(poll, POLL_MS);
}

poll();
