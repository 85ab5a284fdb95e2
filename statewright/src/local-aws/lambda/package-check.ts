import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error';
import { readCodeArchive } from './code-archive';

/** A deployment package that was accepted. */
export interface StoredCode {
  /** SHA-256 of the zip, in base64, as AWS and Terraform's source_code_hash write it. */
  readonly CodeSha256: string;
  /** Bytes of the zip. */
  readonly CodeSize: number;
}

/** What a package is, or why it is refused: plain data, which another thread can send. */
export type PackageCheck =
  | { readonly code: StoredCode }
  | { readonly refusal: Pick<AwsError, 'code' | 'message' | 'status'> };

const checked = new WeakMap<Uint8Array, PackageCheck>();

export const isChecked = (zip: Uint8Array): boolean => checked.has(zip);

/** Says what a package is, unpacked once to see that it can be. The result is remembered while the package is kept. */
export function checkPackage(zip: Uint8Array): PackageCheck {
  const known = checked.get(zip);
  if (known) return known;
  try {
    readCodeArchive(zip);
    return rememberCheck(zip, { code: { CodeSha256: hashOf(zip), CodeSize: zip.length } });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { code, message, status } = error;
    return rememberCheck(zip, { refusal: { code, message, status } });
  }
}

/** Remembers what another thread has found. */
export function rememberCheck(zip: Uint8Array, check: PackageCheck): PackageCheck {
  checked.set(zip, check);
  return check;
}

/** The SHA-256 of a package, as AWS writes it. */
export const hashOf = (zip: Uint8Array): string => createHash('sha256').update(zip).digest('base64');
