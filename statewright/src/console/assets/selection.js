/**
 * The selected visit of a state is the page's fragment, `#visit-12`: the diagram, the states, the timeline and the events
 * all link to it, and show it.
 */
const fragment = () => decodeURIComponent(location.hash.slice(1));

/** Opens and marks what the fragment names; goes to the page that has it if this one does not. */
export function select() {
  const id = fragment();
  const target = document.getElementById(id);
  const [, kind, number] = /^(visit|event)-(\d+)$/.exec(id) ?? [];
  if (!target && kind && new URLSearchParams(location.search).get(kind) !== number) {
    location.replace(`?${kind}=${number}#${id}`);
    return;
  }
  if (target instanceof HTMLDetailsElement) target.open = true;
  if (kind === 'event') target?.querySelector('details')?.toggleAttribute('open', true);
  mark();
}

/** Marks the selected visit wherever it is shown. */
export function mark() {
  const target = document.getElementById(fragment());
  const visit = target?.dataset.visit;
  const isSelected = (element) => visit !== undefined && element.dataset.visit === visit;
  for (const element of document.querySelectorAll('[data-visit]')) {
    element.classList.toggle('selected', isSelected(element));
  }
  const name = visit && document.getElementById(`visit-${visit}`)?.dataset.name;
  for (const state of document.querySelectorAll('.diagram [data-state]')) {
    state.classList.toggle('selected', name !== undefined && state.dataset.state === name);
  }
}

/** A visit that the reader opens is the selected one, without moving the page. */
document.addEventListener('click', ({ target }) => {
  const visit = target.closest?.('.visit > summary')?.parentElement;
  if (!visit || visit.open) return;
  history.replaceState(history.state, '', `#${visit.id}`);
  mark();
});

addEventListener('hashchange', select);
