import { each, html, type Markup } from './markup';
import { problemsBanner } from './parts/problems';
import { assetPath, pathsAt } from './paths';
import type { ConsoleSource } from './source';

interface PageLink {
  readonly title: string;
  readonly href: string;
}

/** A page without its header. */
export interface Page {
  readonly title: string;
  /** The pages above this one, outermost first (default: none, which is so for the lists of a section). */
  readonly trail?: readonly PageLink[];
  readonly content: Markup;
  /** How often the page updates itself: fast while an execution runs, without a script too (default: never). */
  readonly refresh?: 'running' | 'idle';
}

/** The whole HTML document. */
export function renderDocument({ title, trail = [], content, refresh }: Page, source: ConsoleSource): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Step Functions (local)</title>
<link rel="icon" href="${assetPath('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${assetPath('console.css')}">
<script type="module" src="${assetPath('console.js')}"></script>
${refresh === 'running' ? html`<noscript><meta http-equiv="refresh" content="2"></noscript>` : ''}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="bar">
<a class="brand" href="${pathsAt(source.base).home}"><img src="${assetPath('icon.svg')}" alt="" width="22" height="22">Step Functions</a>
${source.functions ? renderSections(source, trail[0]?.title ?? title) : ''}
<div class="account"><span>Account ${source.accountId}</span> ${renderRegion(source)} <span class="local">local</span></div>
</header>
<main id="content" tabindex="-1" ${refresh ? html`data-refresh` : ''} ${refresh === 'running' ? html`data-running` : ''}>
${source.problems ? problemsBanner(source.problems()) : ''}
${trail.length === 0 ? '' : renderTrail(trail, title)}
${content}
</main>
</body>
</html>
`;
}

/** Links to the lists; the one that the page is in is marked. */
function renderSections({ base }: ConsoleSource, section: string): Markup {
  const paths = pathsAt(base);
  const links: readonly PageLink[] = [
    { title: 'State machines', href: paths.home },
    { title: 'Functions', href: paths.functions },
    { title: 'Activities', href: paths.activities },
  ];
  return html`<nav class="sections" aria-label="Sections">${each(
    links,
    ({ title, href }) =>
      html`<a href="${href}" ${title === section ? html`aria-current="true"` : ''}>${title}</a> `,
  )}</nav>`;
}

/** The region, and links to the others that hold something. */
function renderRegion({ region: current, regions }: ConsoleSource): Markup {
  const links = regions?.() ?? [];
  if (links.length < 2) return html`<span>${current}</span>`;
  return html`<nav class="regions" aria-label="Region">${each(
    links,
    ({ region, href }) =>
      html`<a href="${href}" ${region === current ? html`aria-current="true"` : ''}>${region}</a> `,
  )}</nav>`;
}

function renderTrail(trail: readonly PageLink[], title: string): Markup {
  return html`<nav class="trail" aria-label="Breadcrumb"><ol>
${each(trail, (link) => html`<li><a href="${link.href}">${link.title}</a></li>`)}
<li aria-current="page">${title}</li>
</ol></nav>`;
}
