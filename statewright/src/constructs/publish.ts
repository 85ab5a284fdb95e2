import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

/**
 * Copies a synthesized app to the folder that it is deployed from. The folder is consistent at every moment: a file is
 * complete or does not exist, and no cdk.tf.json names an asset that does not exist yet. Other files, such as
 * Terraform's, stay; only older versions of the assets are deleted.
 *
 * @param from a folder that App.synth() has written, with `stacks/<name>/cdk.tf.json` and `stacks/<name>/assets`
 */
export function publish(from: string, outdir: string): void {
  const files = readdirSync(from, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(from, file)).isFile())
    .filter((file) => file === 'manifest.json' || file.startsWith(`stacks${sep}`))
    .sort();
  const assets = files.filter((file) => file.split(sep).includes('assets'));
  for (const file of new Set([...assets, ...files])) {
    const target = join(outdir, file);
    const unfinished = `${target}.${process.pid}.tmp`;
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(from, file), unfinished);
    renameSync(unfinished, target);
  }
  for (const asset of assets) removeOtherVersions(dirname(join(outdir, asset)));
}

/** An asset is in a folder named by its content, `assets/<name>/<hash>`. */
function removeOtherVersions(version: string): void {
  for (const other of readdirSync(dirname(version))) {
    if (other !== basename(version)) rmSync(join(dirname(version), other), { recursive: true });
  }
}
