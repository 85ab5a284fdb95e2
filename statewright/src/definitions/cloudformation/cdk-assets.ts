import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { objectOf, ownField } from '../../asl/graph';
import { type Template, valueOfFile } from './template';

/**
 * The local file of an object in S3, if the AWS CDK uploads it: `*.assets.json` next to a synthesized template lists the files
 * of a stack with the keys of their objects.
 *
 * @param key the object's key, also as the end of an address
 */
export function assetFile(template: Template, key: unknown): string | undefined {
  if (typeof key !== 'string' || !template.file.endsWith('.template.json')) return undefined;
  const folder = dirname(template.file);
  const manifests = readdirSync(folder).filter((name) => name.endsWith('.assets.json'));
  const files = manifests.flatMap((name) =>
    Object.values(objectOf(ownField(valueOfFile(join(folder, name)), 'files')) ?? {}),
  );
  const file = files.find((each) =>
    Object.values(objectOf(ownField(each, 'destinations')) ?? {}).some((destination) => {
      const objectKey = ownField(destination, 'objectKey');
      return objectKey === key || key.endsWith(`/${objectKey}`);
    }),
  );
  const path = ownField(ownField(file, 'source'), 'path');
  return typeof path === 'string' ? join(folder, path) : undefined;
}
