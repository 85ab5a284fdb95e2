import { each, html, type Markup } from '../markup';
import { type Qualifier, routesLabel } from '../qualifiers';
import { arn } from './payload';
import { time } from './text';

/** The aliases and versions of a state machine; nothing for one without any. */
export function qualifierTable(stateMachineArn: string, qualifiers: readonly Qualifier[]): Markup | '' {
  if (qualifiers.length === 0) return '';
  const row = ({ name, creationDate, routes }: Qualifier) =>
    html`<tr><th scope="row">${routes ? name : `Version ${name}`}</th><td>${routes ? routesLabel(routes) : ''}</td><td>${arn(`${stateMachineArn}:${name}`)}</td><td class="wide-only">${time(creationDate)}</td></tr>`;
  return html`<section aria-labelledby="versions"><h2 id="versions">Versions and aliases</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Versions and aliases"><table class="machines">
<thead><tr><th scope="col">Name</th><th scope="col">Routes to</th><th scope="col">ARN</th><th scope="col" class="wide-only">Created (UTC)</th></tr></thead>
<tbody>${each(qualifiers, row)}</tbody></table></div></section>`;
}
