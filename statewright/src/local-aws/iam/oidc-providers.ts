import { AwsError } from '../aws-error';
import { entityExists, invalidInput, limitExceeded, noSuchEntity } from './errors';
import { iamPage } from './paging';
import type { OidcProviderRecord } from './records';
import { type IamRequest, iamApi } from './requests';
import type { IamStore } from './store';
import { withoutTags, withTags } from './tags';

/** Quotas of a provider (IAM User Guide, "IAM and AWS STS quotas"). */
const MOST_CLIENT_IDS = 100;
const MOST_THUMBPRINTS = 5;

/** Creates a provider. AWS reads the thumbprints that a request leaves out from the provider; here there are then none. */
export function createOpenIDConnectProvider(
  iam: IamStore,
  request: IamRequest<'CreateOpenIDConnectProvider'>,
) {
  const { ClientIDList = [], ThumbprintList = [] } = request;
  const Url = hostAndPath(request.Url);
  const Arn = `arn:aws:iam::${iam.context.accountId}:oidc-provider/${Url}`;
  if (iam.oidcProviders.has(Arn)) throw entityExists(`Provider with url ${request.Url} already exists.`);
  checkThumbprints(ThumbprintList);
  const provider: OidcProviderRecord = {
    Arn,
    Url,
    ClientIDList: withClientIds([], ClientIDList),
    ThumbprintList,
    CreateDate: iam.context.clock.now(),
    Tags: withTags([], request.Tags ?? []),
  };
  iam.oidcProviders.set(Arn, provider);
  return {
    OpenIDConnectProviderArn: Arn,
    ...(provider.Tags.length > 0 && { Tags: provider.Tags }),
  };
}

export function getOpenIDConnectProvider(iam: IamStore, request: IamRequest<'GetOpenIDConnectProvider'>) {
  const { Arn: _, CreateDate, Tags, ...provider } = providerOf(iam, request);
  return { ...provider, CreateDate: new Date(CreateDate), ...(Tags.length > 0 && { Tags }) };
}

/** All providers: this list has no pages. */
export function listOpenIDConnectProviders(iam: IamStore) {
  return { OpenIDConnectProviderList: [...iam.oidcProviders.keys()].sort().map((Arn) => ({ Arn })) };
}

/** Succeeds if it does not exist. */
export function deleteOpenIDConnectProvider(
  iam: IamStore,
  request: IamRequest<'DeleteOpenIDConnectProvider'>,
): void {
  iam.oidcProviders.delete(arnIn(request));
}

export function updateOpenIDConnectProviderThumbprint(
  iam: IamStore,
  request: IamRequest<'UpdateOpenIDConnectProviderThumbprint'>,
): void {
  checkThumbprints(request.ThumbprintList);
  change(iam, request, () => ({ ThumbprintList: request.ThumbprintList }));
}

export function addClientIDToOpenIDConnectProvider(
  iam: IamStore,
  request: IamRequest<'AddClientIDToOpenIDConnectProvider'>,
): void {
  change(iam, request, ({ ClientIDList }) => ({
    ClientIDList: withClientIds(ClientIDList, [request.ClientID]),
  }));
}

/** Succeeds if the provider does not have the client id. */
export function removeClientIDFromOpenIDConnectProvider(
  iam: IamStore,
  request: IamRequest<'RemoveClientIDFromOpenIDConnectProvider'>,
): void {
  change(iam, request, ({ ClientIDList }) => ({
    ClientIDList: ClientIDList.filter((id) => id !== request.ClientID),
  }));
}

export function tagOpenIDConnectProvider(
  iam: IamStore,
  request: IamRequest<'TagOpenIDConnectProvider'>,
): void {
  change(iam, request, ({ Tags }) => ({ Tags: withTags(Tags, request.Tags) }));
}

export function untagOpenIDConnectProvider(
  iam: IamStore,
  request: IamRequest<'UntagOpenIDConnectProvider'>,
): void {
  change(iam, request, ({ Tags }) => ({ Tags: withoutTags(Tags, request.TagKeys) }));
}

export function listOpenIDConnectProviderTags(
  iam: IamStore,
  request: IamRequest<'ListOpenIDConnectProviderTags'>,
) {
  const { items, paging } = iamPage(providerOf(iam, request).Tags, request);
  return { Tags: items, ...paging };
}

type Reference = IamRequest<'GetOpenIDConnectProvider'>;

function change(
  iam: IamStore,
  reference: Reference,
  changed: (provider: OidcProviderRecord) => Partial<OidcProviderRecord>,
): void {
  const provider = providerOf(iam, reference);
  iam.oidcProviders.set(provider.Arn, { ...provider, ...changed(provider) });
}

function providerOf(iam: IamStore, reference: Reference): OidcProviderRecord {
  const arn = arnIn(reference);
  const provider = iam.oidcProviders.get(arn);
  if (provider === undefined) throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`);
  return provider;
}

function arnIn({ OpenIDConnectProviderArn: arn }: Reference): string {
  if (/^arn:aws[\w-]*:iam::\d{12}:oidc-provider\/.+$/.test(arn)) return arn;
  throw invalidInput(`Invalid ARN: ${arn}`);
}

/** The URL without `https://`: a port, a query and a fragment are not allowed (IAM API Reference). */
function hostAndPath(text: string): string {
  const [, rest] = /^https:\/\/([^\s:/?#@]+(?:\/[^\s?#]*)?)$/.exec(text) ?? [];
  if (rest === undefined) throw new AwsError(iamApi.invalid, 'Invalid Open ID Connect Provider URL');
  return rest;
}

function checkThumbprints(thumbprints: readonly string[]): void {
  if (thumbprints.length <= MOST_THUMBPRINTS) return;
  throw invalidInput(`Thumbprint list must contain fewer than ${MOST_THUMBPRINTS} entries.`);
}

function withClientIds(present: readonly string[], added: readonly string[]): string[] {
  const ids = [...new Set([...present, ...added])];
  if (ids.length <= MOST_CLIENT_IDS) return ids;
  throw limitExceeded(`Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${MOST_CLIENT_IDS}`);
}
