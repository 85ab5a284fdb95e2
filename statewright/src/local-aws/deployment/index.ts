/** Deploys a synthesized stack (Terraform JSON) to a local account, without Terraform. */

export { TerraformError } from '../../terraform/errors';
export { hasConfiguration, stackFileIn } from '../../terraform/stack-file';
export { variablesOf } from '../../terraform/variable-files';
export { variablesIn } from '../../terraform/variables';
export type { OtherTypes } from './block-type';
export {
  type DeployedResource,
  type DeployedStack,
  type DeployOptions,
  deployTerraformJson,
  type Progress,
} from './deploy';
export { regionOf } from './providers';
export type { TargetAccount, TargetRegion } from './target-account';
