/** Deploys a synthesized stack to a local account: reads Terraform JSON, needs no Terraform. */
export {
  type DeployedResource,
  type Deployment,
  type DeployOptions,
  deployTerraformJson,
  type Progress,
  regionOf,
} from './deploy';
export { TerraformError } from './errors';
export type { Target } from './target';
export { variablesIn } from './variables';
