/** Zooms the time axis of the timeline, and folds its rows. */
const MIN_SPAN_MS = 1;
const STEP = 2;

/** What is folded: the keys of rows. */
const folded = new Set();
/** The part of the execution on the axis, in milliseconds; undefined for all of it. */
let zoomed;

const table = () => document.querySelector('table.timeline');
const total = () => Number(table()?.dataset.total ?? 1);
const range = () => zoomed ?? { from: 0, span: total() };

/** Shows the zoom and the folds again, after the page has changed. */
export function apply() {
  const timeline = table();
  if (!timeline) return;
  const { from, span } = range();
  for (const axis of timeline.querySelectorAll('td.axis > svg')) {
    axis.setAttribute('viewBox', `${from} 0 ${span} 20`);
  }
  const ticks = timeline.querySelectorAll('.ticks > span');
  for (const [i, tick] of ticks.entries()) tick.textContent = words(from + (span * i) / (ticks.length - 1));
  let hiddenBelow = Number.POSITIVE_INFINITY;
  for (const row of timeline.tBodies[0].rows) {
    const level = Number(row.dataset.level);
    if (level <= hiddenBelow) hiddenBelow = Number.POSITIVE_INFINITY;
    row.hidden = level > hiddenBelow;
    const isFolded = folded.has(row.dataset.key);
    row.querySelector('.toggle')?.setAttribute('aria-expanded', String(!isFolded));
    if (isFolded && !row.hidden) hiddenBelow = level;
  }
}

/** As the server writes durations. */
function words(milliseconds) {
  const value = Math.max(0, milliseconds);
  if (value < 10) return `${Number(value.toFixed(1))} ms`;
  if (value < 1000) return `${Math.round(value)} ms`;
  if (value < 60_000) return `${Number((value / 1000).toFixed(2))} s`;
  if (value < 3_600_000) return `${Math.floor(value / 60_000)} min ${Math.floor((value % 60_000) / 1000)} s`;
  return `${Math.floor(value / 3_600_000)} h ${Math.floor((value % 3_600_000) / 60_000)} min`;
}

function zoomTo(from, span) {
  const all = total();
  const width = Math.min(all, Math.max(MIN_SPAN_MS, span));
  zoomed = width === all ? undefined : { from: Math.min(Math.max(0, from), all - width), span: width };
  apply();
}

/** @param at the point that stays where it is, from 0 to 1 */
function zoom(factor, at = 0.5) {
  const { from, span } = range();
  zoomTo(from + (span - span / factor) * at, span / factor);
}

const move = (part) => zoomTo(range().from + range().span * part, range().span);

function fold(isFolded) {
  folded.clear();
  for (const toggle of isFolded ? table().querySelectorAll('.toggle') : []) {
    folded.add(toggle.closest('tr').dataset.key);
  }
  apply();
}

const actions = {
  in: () => zoom(STEP),
  out: () => zoom(1 / STEP),
  fit: () => zoomTo(0, total()),
  earlier: () => move(-0.5),
  later: () => move(0.5),
  collapse: () => fold(true),
  expand: () => fold(false),
};

document.addEventListener('click', ({ target }) => {
  const action = target.closest?.('[data-timeline]')?.dataset.timeline;
  if (action) return actions[action]();
  const key = target.closest?.('.timeline .toggle')?.closest('tr').dataset.key;
  if (key === undefined) return;
  if (!folded.delete(key)) folded.add(key);
  apply();
});

/** Where a pointer is on the axis, from 0 to 1; undefined outside of it. */
function placeOf({ target, clientX }) {
  const axis = target.closest?.('.timeline .axis');
  if (!axis) return undefined;
  const { left, width } = (axis.querySelector('svg, .ticks') ?? axis).getBoundingClientRect();
  return Math.min(1, Math.max(0, (clientX - left) / width));
}

document.addEventListener(
  'wheel',
  (event) => {
    const at = event.ctrlKey || event.metaKey ? placeOf(event) : undefined;
    if (at === undefined) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.25 : 0.8, at);
  },
  { passive: false },
);

/** Dragging over the axis zooms to that part. */
let dragged;
document.addEventListener('pointerdown', (event) => {
  dragged = event.button === 0 ? placeOf(event) : undefined;
});
document.addEventListener('pointerup', (event) => {
  const end = dragged === undefined ? undefined : placeOf(event);
  if (end !== undefined && Math.abs(end - dragged) > 0.02) {
    const { from, span } = range();
    zoomTo(from + span * Math.min(dragged, end), span * Math.abs(end - dragged));
  }
  dragged = undefined;
});
