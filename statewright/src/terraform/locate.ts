import { join } from 'node:path';
import { UserError } from '../user-error';
import { readUserFile } from '../user-file';
import { installedModules } from './installed-modules';
import { type HclBlock, readHcl } from './parse-hcl';
import { terraformFilesIn } from './stack-file';

/**
 * Where a part of a stack is written in HCL; undefined for Terraform JSON, and for what is not found.
 *
 * @param place as errors name it: `module.queue.aws_sqs_queue.orders[0].name`, `var.size`
 * @returns the file and the line: `modules/queue/main.tf:3`
 */
export function locate(folder: string, place: string): string | undefined {
  const [address = ''] = place.split(': ');
  const names = address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '').split('.');
  try {
    const found = new Search(folder).find(folder, names, []);
    if (!found) return undefined;
    const { file, text, position } = found;
    return `${file}:${text.slice(0, position).split('\n').length}`;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

interface Found {
  readonly file: string;
  readonly text: string;
  readonly position: number;
}

class Search {
  readonly #stack: string;

  /** @param stack the folder of the stack */
  constructor(stack: string) {
    this.#stack = stack;
  }

  /** @param calls the names of the calls of modules that lead to the folder */
  find(
    folder: string,
    [root = '', name = '', ...rest]: readonly string[],
    calls: readonly string[],
  ): Found | undefined {
    if (root === 'module') {
      const inside = this.#moduleFolder(folder, [...calls, name]);
      const found = inside === undefined ? undefined : this.find(inside, rest, [...calls, name]);
      return found ?? this.#inBlocks(folder, 'module', [name], rest);
    }
    if (root === 'local') return this.#inBlocks(folder, 'locals', [], [name]);
    const type = BLOCKS[root];
    if (type !== undefined) return this.#inBlocks(folder, type, [name], rest);
    if (root !== 'data') return this.#inBlocks(folder, 'resource', [root, name], rest);
    const [label = '', ...path] = rest;
    return this.#inBlocks(folder, 'data', [name, label], path);
  }

  #moduleFolder(folder: string, calls: readonly string[]): string | undefined {
    for (const { block } of this.#blocks(folder, 'module', calls.slice(-1))) {
      const source = block.body.attributes.get('source')?.source.replace(/^"|"$/g, '') ?? '';
      if (source.startsWith('.')) return join(folder, source);
    }
    const installed = installedModules(this.#stack).get(calls.join('.'));
    return installed && join(this.#stack, installed.folder);
  }

  /** The argument or the nested block at the start of a path; the block itself if it has neither. */
  #inBlocks(
    folder: string,
    type: string,
    labels: readonly string[],
    [name = '']: readonly string[],
  ): Found | undefined {
    let first: Found | undefined;
    for (const { block, ...where } of this.#blocks(folder, type, labels)) {
      const { attributes, blocks } = block.body;
      const inner = attributes.get(name) ?? blocks.find((each) => each.type === name);
      if (inner) return { ...where, position: inner.position };
      first ??= { ...where, position: block.position };
    }
    return type === 'locals' ? undefined : first;
  }

  *#blocks(folder: string, type: string, labels: readonly string[]) {
    for (const name of terraformFilesIn(folder).filter((each) => !each.endsWith('.json'))) {
      const file = join(folder, name);
      const text = readUserFile(file);
      for (const block of readHcl(text, file).blocks)
        if (isNamed(block, type, labels)) yield { file, text, block };
    }
  }
}

/** The types of the blocks that an address names by its first word, if they are not resources. */
const BLOCKS: Readonly<Record<string, string>> = { var: 'variable', output: 'output', provider: 'provider' };

const isNamed = (block: HclBlock, type: string, labels: readonly string[]): boolean =>
  block.type === type && labels.every((label, index) => block.labels[index] === label);
