/** Zooms and moves a diagram in its frame, and shows an overview of a large one. */
const STEP = 1.25;
const RANGE = { min: 0.05, max: 4 };
/** The width of the overview, and its space above and below in the frame, in pixels. */
const OVERVIEW = { width: 150, margin: 24 };
/** What is larger than this many times the frame has an overview. */
const LARGE = 2;
/** How much smaller a diagram becomes, at most, to be seen as a whole. */
const SMALLEST = 0.75;
/** A pointer that moves less than this, in pixels, clicks. */
const CLICK = 5;

/** The size of the diagram relative to its drawn size; undefined for the page's own. */
let scale;

const frame = () => document.querySelector('.diagram');
const drawing = () => frame()?.querySelector('.drawing > svg');
const natural = (svg) => ({ width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height });

/** The scale that is shown now. */
const shownScale = (svg) => svg.getBoundingClientRect().width / natural(svg).width;

/** The scale at which a diagram that is a little too high for its frame fits; undefined for any other. */
function fittingScale({ width, height }) {
  const view = frame();
  const own = Math.min(1, view.clientWidth / width);
  const fitting = Number.parseFloat(getComputedStyle(view).maxHeight) / (height + 2);
  return fitting < own && fitting > own * SMALLEST ? fitting : undefined;
}

/** Shows the zoom and the overview again, after the page has changed. */
export function apply() {
  const svg = drawing();
  if (!svg) return;
  const { width, height } = natural(svg);
  const shown = scale ?? fittingScale({ width, height });
  frame().classList.toggle('zoomed', scale !== undefined);
  svg.style.width = shown === undefined ? '' : `${width * shown}px`;
  svg.style.height = shown === undefined ? '' : `${height * shown}px`;
  drawOverview(svg);
}

/** @param at the point of the frame that stays where it is, in pixels (default: its centre) */
function zoomTo(wanted, at = { x: frame().clientWidth / 2, y: frame().clientHeight / 2 }) {
  const view = frame();
  const svg = drawing();
  const before = shownScale(svg);
  scale = Math.min(RANGE.max, Math.max(RANGE.min, wanted));
  const factor = scale / before;
  const left = (view.scrollLeft + at.x) * factor - at.x;
  const top = (view.scrollTop + at.y) * factor - at.y;
  apply();
  view.scrollTo(left, top);
  showSeen();
}

function fit() {
  const { width, height } = natural(drawing());
  zoomTo(Math.min(1, frame().clientWidth / width, frame().clientHeight / height));
}

function reset() {
  scale = undefined;
  apply();
}

const actions = {
  in: () => zoomTo(shownScale(drawing()) * STEP),
  out: () => zoomTo(shownScale(drawing()) / STEP),
  fit,
  reset,
};

/** A small copy of a large diagram, with a frame around what is seen. */
function drawOverview(svg) {
  const overview = document.querySelector('.overview');
  const view = frame();
  const isLarge =
    view.scrollHeight > LARGE * view.clientHeight || view.scrollWidth > LARGE * view.clientWidth;
  overview.hidden = !isLarge;
  if (!isLarge) return;
  const { width, height } = natural(svg);
  const small = Math.min(OVERVIEW.width / width, (view.clientHeight - OVERVIEW.margin) / height);
  const copy = svg.cloneNode(true);
  copy.removeAttribute('role');
  copy.style.width = `${width * small}px`;
  copy.style.height = `${height * small}px`;
  for (const link of copy.querySelectorAll('a')) link.removeAttribute('href');
  for (const state of copy.querySelectorAll('[data-state]')) state.removeAttribute('data-state');
  for (const title of copy.querySelectorAll('title, desc')) title.remove();
  const seen = document.createElement('div');
  seen.className = 'seen';
  overview.replaceChildren(copy, seen);
  showSeen();
}

function showSeen() {
  const seen = document.querySelector('.overview > .seen');
  const svg = drawing();
  if (!seen || !svg) return;
  const view = frame();
  const small = seen.previousSibling.getBoundingClientRect().width / svg.getBoundingClientRect().width;
  const offset = svg.getBoundingClientRect().left - view.getBoundingClientRect().left + view.scrollLeft;
  const place = {
    left: Math.max(0, view.scrollLeft - offset) * small,
    top: view.scrollTop * small,
    width: Math.min(view.clientWidth, svg.getBoundingClientRect().width) * small,
    height: Math.min(view.clientHeight, svg.getBoundingClientRect().height) * small,
  };
  for (const [side, value] of Object.entries(place)) seen.style[side] = `${value}px`;
}

/** Moves the frame so that a state is in it. */
export function reveal(state) {
  const view = frame();
  if (!state || !view) return;
  const [inner, outer] = [state.getBoundingClientRect(), view.getBoundingClientRect()];
  if (
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom &&
    inner.left >= outer.left &&
    inner.right <= outer.right
  )
    return;
  view.scrollBy(
    inner.left + inner.width / 2 - outer.left - outer.width / 2,
    inner.top + inner.height / 2 - outer.top - outer.height / 2,
  );
}

/** The state that the reader looks for: the one that is selected, that runs or that failed. */
function important() {
  const found = (status) => [...frame().querySelectorAll(`.state.${status}`)].at(-1);
  return found('selected') ?? found('in-progress') ?? found('failed');
}

export function start() {
  const view = frame();
  if (!view) return;
  apply();
  reveal(important());
  view.addEventListener('scroll', showSeen);
  new ResizeObserver(() => apply()).observe(view);
  view.addEventListener('wheel', zoomWithWheel, { passive: false });
  view.addEventListener('keydown', zoomWithKey);
  view.addEventListener('dragstart', (event) => event.preventDefault());
  moveByDragging(view);
  jumpInOverview(document.querySelector('.overview'));
}

document.addEventListener('click', ({ target }) => {
  const action = target.closest?.('[data-diagram]')?.dataset.diagram;
  if (action) actions[action]();
});

addEventListener('hashchange', () => reveal(frame()?.querySelector('.state.selected')));

function zoomWithWheel(event) {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const { left, top } = frame().getBoundingClientRect();
  const at = { x: event.clientX - left, y: event.clientY - top };
  zoomTo(shownScale(drawing()) * (event.deltaY < 0 ? STEP : 1 / STEP), at);
}

const KEYS = { '+': 'in', '=': 'in', '-': 'out', 0: 'fit' };

function zoomWithKey(event) {
  const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  actions[action]();
}

/** A touch screen scrolls by itself. */
function moveByDragging(view) {
  let from;
  let moved = false;
  view.addEventListener('pointerdown', ({ button, pointerType, clientX, clientY }) => {
    moved = false;
    if (button !== 0 || pointerType === 'touch') return;
    from = { x: clientX, y: clientY, left: view.scrollLeft, top: view.scrollTop };
  });
  addEventListener('pointermove', ({ clientX, clientY }) => {
    if (!from) return;
    const [x, y] = [clientX - from.x, clientY - from.y];
    if (!moved && Math.hypot(x, y) < CLICK) return;
    moved = true;
    view.classList.add('moving');
    view.scrollTo(from.left - x, from.top - y);
  });
  addEventListener('pointerup', () => {
    from = undefined;
    view.classList.remove('moving');
  });
  view.addEventListener('click', (event) => moved && event.preventDefault(), { capture: true });
}

function jumpInOverview(overview) {
  const jump = ({ clientX, clientY }) => {
    const view = frame();
    const { left, top, width, height } = overview.getBoundingClientRect();
    const { width: fullWidth, height: fullHeight } = drawing().getBoundingClientRect();
    view.scrollTo(
      ((clientX - left) / width) * fullWidth - view.clientWidth / 2,
      ((clientY - top) / height) * fullHeight - view.clientHeight / 2,
    );
  };
  overview.addEventListener('pointerdown', (event) => {
    overview.setPointerCapture(event.pointerId);
    jump(event);
  });
  overview.addEventListener('pointermove', (event) => event.buttons === 1 && jump(event));
}
