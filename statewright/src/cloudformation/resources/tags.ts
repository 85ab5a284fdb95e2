import { objectOf, ownField } from '../../asl/graph';

/** Tags as Terraform has them: CloudFormation has a list, SAM and some types of CloudFormation an object. */
export function tagsOf(tags: unknown): object | undefined {
  if (!Array.isArray(tags)) return objectOf(tags);
  return Object.fromEntries(tags.map((tag) => [ownField(tag, 'Key'), ownField(tag, 'Value')]));
}
