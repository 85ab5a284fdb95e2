import { collectionFunctions } from './collections';
import { dateFunctions } from './dates';
import { encodingFunctions } from './encoding';
import { fileFunctions } from './files';
import type { Functions } from './function';
import { networkFunctions } from './network';
import { numberFunctions } from './numbers';
import { textFunctions } from './text';
import { typeFunctions } from './types';

/**
 * Terraform's functions by name (Terraform documentation, "Built-in Functions"), but for those that evaluate an argument
 * in a way of their own: `can`, `templatefile`, `templatestring` and `try`.
 */
export const functions: Functions = {
  ...collectionFunctions,
  ...dateFunctions,
  ...encodingFunctions,
  ...fileFunctions,
  ...networkFunctions,
  ...numberFunctions,
  ...textFunctions,
  ...typeFunctions,
};
