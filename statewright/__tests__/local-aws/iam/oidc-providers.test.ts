import { IamService } from '../../../src/local-aws/iam/iam-service';
import { awsErrorOf, testContext } from '../context';

const Url = 'https://token.actions.githubusercontent.com';
const OpenIDConnectProviderArn =
  'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
const thumbprint = 'a'.repeat(40);

let iam: IamService;
beforeEach(() => {
  iam = new IamService(testContext());
  iam.createOpenIDConnectProvider({ Url, ClientIDList: ['sts.amazonaws.com'] });
});
const provider = () => iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn });

test('a provider is returned without https://, and is changed in place', () => {
  expect(provider()).toEqual({
    Url: 'token.actions.githubusercontent.com',
    ClientIDList: ['sts.amazonaws.com'],
    ThumbprintList: [],
    CreateDate: new Date(Date.UTC(2024, 0, 1)),
  });
  for (const ClientID of ['other', 'other', 'third']) {
    iam.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID });
  }
  for (const ClientID of ['third', 'unknown']) {
    iam.removeClientIDFromOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID });
  }
  iam.updateOpenIDConnectProviderThumbprint({ OpenIDConnectProviderArn, ThumbprintList: [thumbprint] });
  iam.tagOpenIDConnectProvider({
    OpenIDConnectProviderArn,
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
  });
  iam.untagOpenIDConnectProvider({ OpenIDConnectProviderArn, TagKeys: ['a'] });
  expect(provider()).toMatchObject({
    ClientIDList: ['sts.amazonaws.com', 'other'],
    ThumbprintList: [thumbprint],
    Tags: [{ Key: 'b', Value: '2' }],
  });
  expect(iam.listOpenIDConnectProviderTags({ OpenIDConnectProviderArn })).toEqual({
    Tags: [{ Key: 'b', Value: '2' }],
    IsTruncated: false,
  });
});

test('a provider is listed until it is deleted; to delete it again succeeds', async () => {
  expect(iam.listOpenIDConnectProviders()).toEqual({
    OpenIDConnectProviderList: [{ Arn: OpenIDConnectProviderArn }],
  });
  iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn });
  iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn });
  expect(iam.listOpenIDConnectProviders()).toEqual({ OpenIDConnectProviderList: [] });
  expect(await awsErrorOf(provider)).toBe(
    `NoSuchEntity: OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`,
  );
});

test.each<[string, () => unknown, RegExp]>([
  [
    'created twice',
    () => iam.createOpenIDConnectProvider({ Url }),
    /^EntityAlreadyExists: .* already exists\.$/,
  ],
  [
    'http',
    () => iam.createOpenIDConnectProvider({ Url: 'http://example.com' }),
    /^ValidationError: Invalid Open ID/,
  ],
  [
    'a port',
    () => iam.createOpenIDConnectProvider({ Url: 'https://example.com:443' }),
    /^ValidationError: Invalid/,
  ],
  [
    'a query',
    () => iam.createOpenIDConnectProvider({ Url: 'https://example.com/a?b' }),
    /^ValidationError: Invalid/,
  ],
  [
    'six thumbprints',
    () =>
      iam.updateOpenIDConnectProviderThumbprint({
        OpenIDConnectProviderArn,
        ThumbprintList: Array(6).fill(thumbprint),
      }),
    /^InvalidInput: Thumbprint list/,
  ],
  [
    '101 client ids',
    () =>
      iam.createOpenIDConnectProvider({
        Url: 'https://example.com',
        ClientIDList: Array.from({ length: 101 }, (_, index) => `client-${index}`),
      }),
    /^LimitExceeded: .*: 100$/,
  ],
  [
    'the ARN of a role',
    () => iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn: 'arn:aws:iam::123456789012:role/worker' }),
    /^InvalidInput: Invalid ARN/,
  ],
])('%s is refused', async (_, call, expected) => {
  expect(await awsErrorOf(call)).toMatch(expected);
});
