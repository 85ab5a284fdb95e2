import { AwsError } from '../aws-error';
import { limitExceeded } from './store';

const validationError = (value: string, member: string, constraint: string) =>
  new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );

/** Checks the name of a role or a policy. */
export function checkName(name: string, member: string, maximum: number): void {
  if (!/^[\w+=,.@-]+$/.test(name)) {
    throw validationError(name, member, 'Member must satisfy regular expression pattern: [\\w+=,.@-]+');
  }
  if (name.length > maximum) {
    throw validationError(name, member, `Member must have length less than or equal to ${maximum}`);
  }
}

export function checkPath(path: string): void {
  if (!/^\/(?:[!-~]+\/)?$/.test(path)) {
    throw validationError(path, 'path', 'Member must satisfy regular expression pattern: (/)|(/[!-~]+/)');
  }
}

/** Seconds: from one hour to twelve. */
export function checkSessionDuration(seconds: number): void {
  if (seconds < 3600 || seconds > 43200) {
    throw validationError(
      String(seconds),
      'maxSessionDuration',
      'Member must have value between 3600 and 43200',
    );
  }
}

/** IAM quotas count a document's characters without its white space (IAM User Guide, "IAM and AWS STS quotas"). */
export function checkDocumentSize(documents: readonly string[], quota: string, maximum: number): void {
  const size = documents.reduce((sum, document) => sum + document.replace(/\s/g, '').length, 0);
  if (size > maximum) throw limitExceeded(`Cannot exceed quota for ${quota}: ${maximum}`);
}

/** Tags laid over the present ones; at most 50. */
export function withTags<T extends { Key: string }>(present: readonly T[], added: readonly T[]): T[] {
  const tags = new Map([...present, ...added].map((tag) => [tag.Key, tag]));
  if (tags.size > 50) throw limitExceeded('Cannot exceed quota for TagsPerResource: 50');
  return [...tags.values()];
}

/** The tags left without the given keys. */
export function withoutTags<T extends { Key: string }>(present: readonly T[], keys: readonly string[]): T[] {
  return present.filter((tag) => !keys.includes(tag.Key));
}
