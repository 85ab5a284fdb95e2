import { html, type Markup } from '../markup';

interface Paged {
  readonly items: readonly unknown[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly first: number;
}

/**
 * Links to the other pages of a list; nothing for a list of one page.
 * @param kind what the items are: `events`
 * @param hrefOf the address of a page, from 1
 * @param words what comes before and after (default: Previous and Next)
 */
export function pager(
  kind: string,
  { items, total, page, pages, first }: Paged,
  hrefOf: (page: number) => string,
  words: readonly [before: string, after: string] = ['Previous', 'Next'],
): Markup | '' {
  if (pages < 2) return '';
  const link = (target: number, label: string) =>
    target < 1 || target > pages || target === page ? '' : html`<a href="${hrefOf(target)}">${label}</a>`;
  return html`<nav class="pager" aria-label="Pages of ${kind}"><span>${number(first + 1)}–${number(first + items.length)} of ${number(total)}</span>
${link(1, 'First')} ${link(page - 1, words[0])} ${link(page + 1, words[1])} ${link(pages, 'Last')}</nav>`;
}

/** `5,001`. */
export const number = (value: number): string => value.toLocaleString('en-US');
