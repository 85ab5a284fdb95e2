import { type BlockType, nameOf, present, tagsOf } from '../block-type';

const asTagList = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const role: BlockType = (block, context) => {
  const { iam } = context.target;
  const RoleName = nameOf(block, context);
  const tags = tagsOf(block, context);
  const { Role } = iam.createRole({
    RoleName,
    AssumeRolePolicyDocument: block.json('assume_role_policy'),
    ...present({
      Path: block.optionalText('path'),
      Description: block.optionalText('description'),
      MaxSessionDuration: block.optionalNumber('max_session_duration'),
      PermissionsBoundary: block.optionalText('permissions_boundary'),
    }),
    Tags: asTagList(tags),
  });
  for (const inline of block.blocks('inline_policy')) {
    if (!inline.has('policy')) continue;
    iam.putRolePolicy({ RoleName, PolicyName: inline.text('name'), PolicyDocument: inline.json('policy') });
  }
  for (const PolicyArn of block.texts('managed_policy_arns')) iam.attachRolePolicy({ RoleName, PolicyArn });
  return {
    id: RoleName,
    name: RoleName,
    arn: Role.Arn,
    path: Role.Path,
    unique_id: Role.RoleId,
    tags_all: tags,
  };
};

export const rolePolicy: BlockType = (block, context) => {
  const RoleName = block.text('role');
  const PolicyName = nameOf(block, context);
  context.target.iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: block.json('policy') });
  return { id: `${RoleName}:${PolicyName}`, name: PolicyName };
};

export const policy: BlockType = (block, context) => {
  const tags = tagsOf(block, context);
  const { Policy } = context.target.iam.createPolicy({
    PolicyName: nameOf(block, context),
    PolicyDocument: block.json('policy'),
    ...present({ Path: block.optionalText('path'), Description: block.optionalText('description') }),
    Tags: asTagList(tags),
  });
  const { Arn, PolicyName, PolicyId, Path } = Policy;
  return { id: Arn, arn: Arn, name: PolicyName, policy_id: PolicyId, path: Path, tags_all: tags };
};

export const rolePolicyAttachment: BlockType = (block, { target, uniqueSuffix }) => {
  const RoleName = block.text('role');
  target.iam.attachRolePolicy({ RoleName, PolicyArn: block.text('policy_arn') });
  return { id: `${RoleName}-${uniqueSuffix()}` };
};

/** Attaches a policy to several roles; its users and groups do not take part in executions. */
export const policyAttachment: BlockType = (block, context) => {
  const PolicyArn = block.text('policy_arn');
  const name = nameOf(block, context);
  for (const RoleName of block.texts('roles')) context.target.iam.attachRolePolicy({ RoleName, PolicyArn });
  return { id: name, name };
};

export const openIdConnectProvider: BlockType = (block, context) => {
  const tags = tagsOf(block, context);
  const Url = block.text('url');
  const { OpenIDConnectProviderArn: arn } = context.target.iam.createOpenIDConnectProvider({
    Url: Url.startsWith('https://') ? Url : `https://${Url}`,
    ClientIDList: block.texts('client_id_list'),
    ThumbprintList: block.texts('thumbprint_list'),
    Tags: asTagList(tags),
  });
  // As the provider has it after it was read: conditions of trust policies begin with it.
  return { id: arn, arn, url: Url.replace(/^https:\/\//, ''), tags_all: tags };
};
