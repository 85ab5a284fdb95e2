import { createHash } from 'node:crypto';
import { invalidJson } from '../../../json-fault';
import type { Arguments } from '../../../terraform/arguments';
import { ArgumentError } from '../../../terraform/errors';
import type { BlockType } from '../block-type';

type Statement = Readonly<Record<string, unknown>>;

/** Writes a policy as JSON text: aws_iam_policy_document (Terraform Registry, AWS provider). */
export const policyDocument: BlockType = (block) => {
  const own = block.blocks('statement').map(statementOf);
  const sources = block.texts('source_policy_documents').flatMap((text) => statementsIn(text, block));
  const overrides = block.texts('override_policy_documents').flatMap((text) => statementsIn(text, block));
  const document = {
    Version: block.optionalText('version') ?? '2012-10-17',
    ...(block.has('policy_id') && { Id: block.text('policy_id') }),
    Statement: bySid([...sources, ...own, ...overrides]),
  };
  const json = JSON.stringify(document, null, 2);
  return { id: createHash('sha1').update(json).digest('hex'), json, minified_json: JSON.stringify(document) };
};

function statementOf(block: Arguments): Statement {
  return {
    ...(block.optionalText('sid') && { Sid: block.text('sid') }),
    Effect: block.optionalText('effect') ?? 'Allow',
    ...oneOrMany(block, 'actions', 'Action'),
    ...oneOrMany(block, 'not_actions', 'NotAction'),
    ...oneOrMany(block, 'resources', 'Resource'),
    ...oneOrMany(block, 'not_resources', 'NotResource'),
    ...principals(block, 'principals', 'Principal'),
    ...principals(block, 'not_principals', 'NotPrincipal'),
    ...conditions(block),
  };
}

/** `&{aws:username}` is a policy variable: `${` would be Terraform's own. */
const withPolicyVariables = (values: readonly string[]) =>
  values.map((value) => value.replaceAll('&{', `\${`));

const collapse = (values: readonly string[]) => (values.length === 1 ? values[0] : values);

function oneOrMany(block: Arguments, argument: string, element: string): Statement {
  const values = withPolicyVariables(block.texts(argument));
  return values.length === 0 ? {} : { [element]: collapse(values) };
}

function principals(block: Arguments, argument: string, element: string): Statement {
  const byType = new Map<string, string[]>();
  for (const principal of block.blocks(argument)) {
    const type = principal.text('type');
    byType.set(type, [...(byType.get(type) ?? []), ...withPolicyVariables(principal.texts('identifiers'))]);
  }
  if (byType.size === 0) return {};
  if (byType.has('*')) return { [element]: '*' };
  return {
    [element]: Object.fromEntries([...byType].map(([type, identifiers]) => [type, collapse(identifiers)])),
  };
}

function conditions(block: Arguments): Statement {
  const byTest = new Map<string, Statement>();
  for (const condition of block.blocks('condition')) {
    const test = condition.text('test');
    const variable = {
      [condition.text('variable')]: collapse(withPolicyVariables(condition.texts('values'))),
    };
    byTest.set(test, { ...byTest.get(test), ...variable });
  }
  return byTest.size === 0 ? {} : { Condition: Object.fromEntries(byTest) };
}

function statementsIn(text: string, block: Arguments): Statement[] {
  const problem = invalidJson('its policy document', text);
  if (problem) throw new ArgumentError(block.place, problem);
  const { Statement = [] } = JSON.parse(text) ?? {};
  return [Statement].flat();
}

/** A later statement replaces an earlier one with the same Sid. */
function bySid(statements: readonly Statement[]): Statement[] {
  const kept: Statement[] = [];
  for (const statement of statements) {
    const earlier = kept.findIndex(({ Sid }) => Sid !== undefined && Sid !== '' && Sid === statement.Sid);
    if (earlier >= 0) kept[earlier] = statement;
    else kept.push(statement);
  }
  return kept;
}
