import { each, html, type Markup } from './markup';
import { paths } from './paths';
import type { ConsoleSource } from './source';

/** A page without its header. */
export interface Page {
  readonly title: string;
  /** The pages above this one, outermost first. */
  readonly trail?: readonly { readonly title: string; readonly href: string }[];
  readonly content: Markup;
  /** Whether its content still changes: the page then updates itself. */
  readonly isLive?: boolean;
}

/** The whole HTML document. */
export function renderDocument(
  { title, trail = [], content, isLive = false }: Page,
  source: ConsoleSource,
): Markup {
  const isHome = trail.length === 0;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${isHome ? '' : `${title} · `}Step Functions (local)</title>
<link rel="icon" href="${paths.asset('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${paths.asset('console.css')}">
<script src="${paths.asset('console.js')}" defer></script>
${isLive ? html`<noscript><meta http-equiv="refresh" content="2"></noscript>` : ''}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="bar">
<a class="brand" href="${paths.home}"><img src="${paths.asset('icon.svg')}" alt="" width="22" height="22">Step Functions</a>
<span class="account"><span>Account ${source.accountId}</span> <span>${source.region}</span> <span class="local">local</span></span>
</header>
<main id="content" tabindex="-1" ${isLive ? 'data-running' : ''}>
${isHome ? '' : renderTrail(trail, title)}
${content}
</main>
</body>
</html>
`;
}

function renderTrail(trail: NonNullable<Page['trail']>, title: string): Markup {
  return html`<nav class="trail" aria-label="Breadcrumb"><ol>
${each(trail, (link) => html`<li><a href="${link.href}">${link.title}</a></li>`)}
<li aria-current="page">${title}</li>
</ol></nav>`;
}
