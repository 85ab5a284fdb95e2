import type { BlockType } from '../block-type';

/** Terraform's own resource, which returns its input. */
export const terraformData: BlockType = (block, context) => ({
  id: context.uuid(),
  output: block.values.input ?? null,
});
