export { address } from './address';
export { App } from './app';
export { type Bundle, BundleError, bundleHandler } from './bundle';
export { Deployment, type DeploymentProps } from './deployment';
export { LambdaFunction, type LambdaFunctionProps } from './lambda-function';
export { type PolicyStatement, policyDocument, trustPolicy } from './policy';
export { StateMachine, type StateMachineProps } from './state-machine';
export { SynthesisError } from './synthesis-error';
export { TerraformState } from './terraform-state';
