/** What IAM keeps for others than the account's own roles and users: providers of identities, services, a name. */
export function wideIdentity(variant: 1 | 2) {
  return {
    aws_iam_openid_connect_provider: {
      github: {
        url: 'https://token.actions.githubusercontent.com',
        client_id_list: ['sts.amazonaws.com', `client-${variant}`],
        thumbprint_list: [`${variant}`.repeat(40)],
        tags: { variant: `${variant}` },
      },
      bare: { url: 'https://accounts.google.com/', client_id_list: ['client'] },
    },
    aws_iam_service_linked_role: {
      ecs: {
        aws_service_name: 'ecs.amazonaws.com',
        description: `variant ${variant}`,
        tags: { variant: `${variant}` },
      },
    },
    aws_iam_account_alias: { a: { account_alias: `wide-${variant}` } },
  };
}
