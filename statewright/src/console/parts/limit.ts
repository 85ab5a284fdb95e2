import { html, type Markup } from '../markup';

/** The part of a list that a page shows at first: more would load slowly. */
export interface Shown<T> {
  readonly items: readonly T[];
  /** The link to the rest, if any. */
  readonly more: Markup | '';
}

/** The first items of a list, with a link to all; `kind` names the items and is the id of the heading. */
export function limit<T>(items: readonly T[], most: number, showsAll: boolean, kind: string): Shown<T> {
  if (showsAll || items.length <= most) return { items, more: '' };
  return {
    items: items.slice(0, most),
    more: html`<p class="more">The first ${most} of ${items.length}. <a href="?show=all#${kind}">Show all ${items.length} ${kind}</a></p>`,
  };
}
