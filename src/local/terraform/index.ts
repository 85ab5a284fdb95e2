/** Deploys a synthesized stack to a local account: reads Terraform JSON, needs no Terraform. */

export type { BlockType } from './block-type';
export {
  type DeployedResource,
  type Deployment,
  type DeployOptions,
  deployTerraformJson,
  type Progress,
  regionOf,
} from './deploy';
export { TerraformError } from './errors';
export { stackFileIn } from './stack-file';
export type { Target } from './target';
export { variablesIn } from './variables';
