import { limitExceeded } from './errors';
import type { Tag } from './requests';

/** Merges new tags into the present ones; at most 50. */
export function withTags(present: readonly Tag[], added: readonly Tag[]): Tag[] {
  const tags = new Map([...present, ...added].map((tag) => [tag.Key, tag]));
  if (tags.size > 50) throw limitExceeded('Cannot exceed quota for TagsPerResource: 50');
  return [...tags.values()];
}

/** The tags without the given keys. */
export function withoutTags(present: readonly Tag[], keys: readonly string[]): Tag[] {
  return present.filter((tag) => !keys.includes(tag.Key));
}
