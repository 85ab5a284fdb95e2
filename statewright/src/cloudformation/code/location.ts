import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ownField } from '../../asl/graph';
import { assetFile } from '../../definitions/cloudformation/cdk-assets';
import { localPath, type Template } from '../../definitions/cloudformation/template';
import type { StackResource } from '../stack-resource';

/** Where the code of a function or a layer is. */
type CodeLocation =
  /** A folder, or a zip or jar file. */
  | { readonly path: string }
  /** The content of its only file. */
  | { readonly inline: string }
  /** Why it is not on this machine, as a sentence. */
  | { readonly missing: string };

/** The properties with the code: of functions and layers, in SAM and in CloudFormation. */
const PROPERTIES = ['InlineCode', 'CodeUri', 'Code', 'ContentUri', 'Content', 'ImageUri'];

export function codeLocation({ properties, template }: StackResource): CodeLocation {
  const property = PROPERTIES.find((name) => properties[name] !== undefined) ?? 'CodeUri';
  const value = properties[property] ?? '.';
  if (
    properties.PackageType === 'Image' ||
    property === 'ImageUri' ||
    ownField(value, 'ImageUri') !== undefined
  ) {
    return { missing: 'Its code is a container image.' };
  }
  const inline = property === 'InlineCode' ? value : ownField(value, 'ZipFile');
  if (typeof inline === 'string') return { inline };
  const path = localPath(template, value) ?? packaged(template, value);
  if (path === undefined) {
    return { missing: `Its code is in S3 (${property}): use the template as it was before it was packaged.` };
  }
  return existsSync(path) ? { path } : { missing: `Its code, ${path}, does not exist.` };
}

/** The file of an object in S3 that the AWS CDK or the Serverless Framework uploads. */
function packaged(template: Template, value: unknown): string | undefined {
  const key = typeof value === 'string' ? value : (ownField(value, 'S3Key') ?? ownField(value, 'Key'));
  if (typeof key !== 'string') return undefined;
  const asset = assetFile(template, key);
  if (asset !== undefined) return asset;
  const ofServerless = join(dirname(template.file), basename(key));
  return statSync(ofServerless, { throwIfNoEntry: false })?.isFile() ? ofServerless : undefined;
}
