import { each, html, type Markup } from '../markup';
import { assetPath, problemsPath } from '../paths';

/** What keeps the project from being deployed as it is now, such as a type error. */
export interface Problem {
  /** `Types`, `Synthesis`, `Deployment`. */
  readonly title: string;
  /** The error, with its place; it may have several lines. */
  readonly text: string;
}

/** The banner of all pages. Its script keeps it up to date, also on pages that do not change. */
export function problemsBanner(problems: readonly Problem[]): Markup {
  return html`<div id="problems" data-problems="${problemsPath}" role="status">${renderProblems(problems)}</div>
<script type="module" src="${assetPath('problems.js')}"></script>`;
}

export function renderProblems(problems: readonly Problem[]): Markup {
  return html`${each(
    problems,
    ({ title, text }) =>
      html`<section class="problem fault" aria-label="${title}"><h2>${title}</h2><pre tabindex="0" role="group" aria-label="${title}">${text}</pre></section>`,
  )}`;
}
