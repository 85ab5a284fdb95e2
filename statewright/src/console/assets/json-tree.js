/** A JSON value as a tree of details: each member can be copied, and JSON inside a string is unfolded. */

/** How many members are shown at first, and how deep the tree is open. */
const SHOWN = 100;
const OPEN_DEPTH = 3;

/** A number as it is written: `1.0` stays `1.0`, where the browser tells. */
class NumberText {
  constructor(text) {
    this.text = text;
  }

  toJSON() {
    return JSON.rawJSON?.(this.text) ?? Number(this.text);
  }
}

const reviver = (_, value, context) =>
  typeof value === 'number' && context?.source !== undefined ? new NumberText(context.source) : value;

/** @returns undefined when the text is not valid JSON */
function parse(text) {
  try {
    return { value: JSON.parse(text, reviver) };
  } catch {
    return undefined;
  }
}

const isContainer = (value) => typeof value === 'object' && value !== null && !(value instanceof NumberText);

/** The object or list that a string holds as JSON text. */
function inside(value) {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined;
  const parsed = parse(value)?.value;
  return isContainer(parsed) ? parsed : undefined;
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** @returns the tree of a JSON text; undefined when it is not valid JSON */
export function jsonTree(text, label) {
  const parsed = parse(text);
  if (!parsed) return undefined;
  const tree = element('div', 'json-tree', element('ul', '', member(undefined, parsed.value, '$', 0)));
  tree.tabIndex = 0;
  tree.setAttribute('role', 'group');
  tree.setAttribute('aria-label', `${label} as a tree`);
  tree.dataset.added = '';
  return tree;
}

function member(key, value, path, depth) {
  const unfolded = inside(value);
  const container = isContainer(value) ? value : unfolded;
  const line = [];
  if (key !== undefined) {
    const name = element('span', 'key', String(key));
    name.title = path;
    line.push(name, ': ');
  }
  if (!container) {
    line.push(leaf(value), copyButton(value, path));
    return element('li', '', element('span', 'line', ...line));
  }
  const size = Object.keys(container).length;
  const count = Array.isArray(container) ? `[${size}]` : `{${size}}`;
  line.push(element('span', 'count', count));
  if (unfolded) line.push(' ', element('span', 'inside', 'JSON in a string'));
  const details = element('details', '', element('summary', '', ...line));
  const list = element('ul', '');
  details.append(list);
  const fill = () => list.childElementCount === 0 && addMembers(list, container, path, depth + 1, 0);
  details.addEventListener('toggle', fill);
  if (depth < OPEN_DEPTH && size <= SHOWN) {
    fill();
    details.open = true;
  }
  // A summary must not hold a button.
  return element('li', 'container', copyButton(value, path), details);
}

function addMembers(list, container, path, depth, from) {
  const entries = Object.entries(container);
  for (const [key, value] of entries.slice(from, from + SHOWN)) {
    list.append(member(key, value, memberPath(path, key, Array.isArray(container)), depth));
  }
  const rest = entries.length - from - SHOWN;
  if (rest <= 0) return;
  const more = element('button', 'tool', `${rest} more`);
  more.type = 'button';
  const item = element('li', '', more);
  more.addEventListener('click', () => {
    item.remove();
    addMembers(list, container, path, depth, from + SHOWN);
    list.children[from + SHOWN]?.querySelector('summary, button')?.focus();
  });
  list.append(item);
}

function memberPath(path, key, isArray) {
  if (isArray) return `${path}[${key}]`;
  return /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function leaf(value) {
  if (typeof value === 'string') return element('span', 'string', JSON.stringify(value));
  return element('span', 'literal', value instanceof NumberText ? value.text : String(value));
}

/** Copies a string as its text, and any other value as JSON. */
function copyButton(value, path) {
  const button = element('button', 'copy', 'Copy');
  button.type = 'button';
  button.setAttribute('aria-label', `Copy ${path}`);
  button.addEventListener('click', (event) => {
    event.preventDefault();
    const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
    button.dispatchEvent(new CustomEvent('copy-text', { bubbles: true, detail: text }));
  });
  return button;
}
