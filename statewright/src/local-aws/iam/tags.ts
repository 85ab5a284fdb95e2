import { limitExceeded } from './errors';
import type { Tag } from './requests';

/** Tags laid over the present ones; at most 50. */
export function withTags(present: readonly Tag[], added: readonly Tag[]): Tag[] {
  const tags = new Map([...present, ...added].map((tag) => [tag.Key, tag]));
  if (tags.size > 50) throw limitExceeded('Cannot exceed quota for TagsPerResource: 50');
  return [...tags.values()];
}

/** The tags left without the given keys. */
export function withoutTags(present: readonly Tag[], keys: readonly string[]): Tag[] {
  return present.filter((tag) => !keys.includes(tag.Key));
}
