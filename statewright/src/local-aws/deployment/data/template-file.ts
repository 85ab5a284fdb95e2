import { createHash } from 'node:crypto';
import { evaluateTemplate } from '../../../terraform/evaluate';
import { convertTo } from '../../../terraform/type-constraint';
import { toText } from '../../../terraform/value';
import type { BlockType } from '../block-type';

/** Renders a template, as templatefile() does: template_file (Terraform Registry, template provider, which is archived). */
export const templateFile: BlockType = (block, context) => {
  const place = `${block.place}.template`;
  const variables = convertTo('map(string)', block.values.vars ?? {}, `${block.place}.vars`);
  const rendered = evaluateTemplate(block.text('template'), variables, context, place);
  return { id: createHash('sha256').update(toText(rendered, place)).digest('hex'), rendered };
};
