import { html, raw } from 'hono/html';

/** HTML with all values escaped. */
export type Markup = ReturnType<typeof html>;

export { html, raw };

/** One piece of HTML for each item. */
export function each<T>(items: readonly T[], render: (item: T, index: number) => Markup): Markup {
  return html`${items.map(render)}`;
}

/** HTML for a value, if it is defined. */
export function when<T>(value: T | undefined | false, render: (value: T) => Markup): Markup | '' {
  return value === undefined || value === false ? '' : render(value);
}
