import { layOutJson } from '../json-text';
import { each, html, type Markup, when } from '../markup';
import type { Policy, RoleDetails } from '../source';
import { arn } from './payload';

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: unknown;
}

/** A role and its policies, with a row for each statement. */
export function permissions(roleArn: string, role: RoleDetails | undefined): Markup {
  if (!role)
    return html`<p>The role <code>${roleArn}</code> does not exist: every call of this state machine fails.</p>`;
  const count = role.policies.reduce(
    (sum, { document }) => sum + (document === undefined ? 1 : statements(document).length),
    0,
  );
  return html`<details class="permissions"><summary>The role <strong>${role.roleName}</strong> with ${count === 1 ? '1 statement' : `${count} statements`} in ${role.policies.length === 1 ? '1 policy' : `${role.policies.length} policies`}</summary>
<p>${arn(roleArn)}</p>
<div class="scroll" tabindex="0" role="region" aria-label="Permissions"><table>
<thead><tr><th scope="col">Policy</th><th scope="col">Effect</th><th scope="col">Actions</th><th scope="col">Resources</th><th scope="col">Condition</th></tr></thead>
<tbody>${each(role.policies, policyRows)}</tbody>
</table></div>
${role.policies.length === 0 ? html`<p class="empty">It has no policies, and so no permissions.</p>` : ''}
<details><summary>Who can assume this role (trust policy)</summary><pre tabindex="0">${layOutJson(role.trustPolicy)}</pre></details></details>`;
}

function policyRows({ name, kind, document }: Policy): Markup {
  const title = html`<td>${name}${kind === 'inline' ? '' : html` <small>${kind}</small>`}</td>`;
  if (document === undefined) {
    const effect = kind === 'managed' ? 'grants' : 'limits';
    return html`<tr>${title}
<td colspan="4">The content of this AWS managed policy is not known here: it ${effect} nothing.</td></tr>`;
  }
  return each(
    statements(document),
    (statement) => html`<tr>${title}
<td>${statement.Effect}</td>
<td>${words('', statement.Action)}${words('all except ', statement.NotAction)}</td>
<td>${words('', statement.Resource)}${words('all except ', statement.NotResource)}</td>
<td>${when(statement.Condition, (condition) => html`<pre>${JSON.stringify(condition, null, 2)}</pre>`)}</td></tr>`,
  );
}

function statements(document: string): readonly Statement[] {
  const { Statement: statement } = JSON.parse(document) as {
    readonly Statement?: Statement | readonly Statement[];
  };
  return list(statement);
}

function words(prefix: string, values: string | readonly string[] | undefined): Markup {
  return each(list(values), (value) => html`<code>${prefix}${value}</code>`);
}

function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}
