import { compareText } from '../../compare-text';
import { describeVersion, type VersionRecord } from './configuration';
import { checkSameRevision, invalidParameter } from './errors';
import type { FunctionStore } from './function-store';
import { pageOf } from './paging';
import type { LambdaRequest } from './requests';

/** Publishes `$LATEST` as a version; returns the last version if nothing has changed since. */
export function publishVersion(store: FunctionStore, request: LambdaRequest<'PublishVersion'>) {
  const record = store.getLatest(request);
  checkSameRevision(record.latest, request.RevisionId);
  const { latest, versions, nextVersion } = record;
  if (request.CodeSha256 !== undefined && request.CodeSha256 !== latest.CodeSha256) {
    throw invalidParameter(
      `CodeSHA256 (${request.CodeSha256}) is different from current CodeSHA256 in $LATEST (${latest.CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
  }
  const last = versions.at(-1);
  if (last && isSame(last, latest)) return describeVersion(store, last, last.Version);
  const published: VersionRecord = {
    ...latest,
    Version: String(nextVersion),
    Description: request.Description ?? latest.Description,
    LatestDescription: latest.Description,
    RevisionId: store.context.uuid(),
  };
  store.set({ ...record, versions: [...versions, published], nextVersion: nextVersion + 1 });
  return describeVersion(store, published, published.Version);
}

/** Whether `$LATEST` is what the last version was published from: then no new version is published. */
const isSame = (last: VersionRecord, latest: VersionRecord) =>
  substance({ ...last, Description: last.LatestDescription ?? last.Description }) === substance(latest);

const substance = ({
  Version: _v,
  LatestDescription: _d,
  LastModified: _m,
  RevisionId: _r,
  ...rest
}: VersionRecord) => JSON.stringify(Object.entries(rest).sort(([a], [b]) => compareText(a, b)));

export function listVersionsByFunction(
  store: FunctionStore,
  request: LambdaRequest<'ListVersionsByFunction'>,
) {
  const { latest, versions } = store.get(request);
  const { items, NextMarker } = pageOf([latest, ...versions], request);
  return {
    Versions: items.map((version) => describeVersion(store, version, version.Version)),
    ...NextMarker,
  };
}
