import { createHash } from 'node:crypto';
import type { ValueMap } from '../../terraform/value';

/** The hashes of a file's content (Terraform Registry, local provider). */
export function fileAttributes(bytes: Uint8Array): ValueMap {
  const digest = (algorithm: string, encoding: 'hex' | 'base64') =>
    createHash(algorithm).update(bytes).digest(encoding);
  return {
    id: digest('sha1', 'hex'),
    content_md5: digest('md5', 'hex'),
    content_sha1: digest('sha1', 'hex'),
    content_sha256: digest('sha256', 'hex'),
    content_base64sha256: digest('sha256', 'base64'),
    content_sha512: digest('sha512', 'hex'),
    content_base64sha512: digest('sha512', 'base64'),
  };
}
