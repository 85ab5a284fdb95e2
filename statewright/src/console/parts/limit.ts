import { html, type Markup } from '../markup';

/** How much of a list a page shows at first: more would make it slow to open. */
export interface Shown<T> {
  readonly items: readonly T[];
  /** The way to the rest, where there is one. */
  readonly more: Markup | '';
}

/** A list's beginning, with a link to all of it; `kind` is what it lists, and the id of its heading. */
export function limit<T>(items: readonly T[], most: number, showsAll: boolean, kind: string): Shown<T> {
  if (showsAll || items.length <= most) return { items, more: '' };
  return {
    items: items.slice(0, most),
    more: html`<p class="more">The first ${most} of ${items.length}. <a href="?show=all#${kind}">Show all ${items.length} ${kind}</a></p>`,
  };
}
