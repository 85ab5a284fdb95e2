/** The provider's resources that a StateMachine consists of. */
import { CloudwatchLogGroup as AwsLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole as AwsRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy as AwsRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SfnStateMachine as AwsStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import type { IResolveContext, TerraformResource } from 'cdktf';
import { resolveFields } from './resolve-tokens';

export class CloudwatchLogGroup extends resolvingItself(AwsLogGroup) {}
export class IamRole extends resolvingItself(AwsRole) {}
export class IamRolePolicy extends resolvingItself(AwsRolePolicy) {}
export class SfnStateMachine extends resolvingItself(AwsStateMachine) {}

/**
 * A resource that resolves its own tokens. CDKTF resolves each resource of a stack twice, and takes more time for it than
 * for everything else. A token's result is not walked again when a post-processor returns it.
 */
function resolvingItself<T extends new (...args: never[]) => TerraformResource>(Resource: T) {
  return class extends (Resource as new (...args: never[]) => TerraformResource) {
    /** Most of them are not set. CDKTF converts the name of each. */
    override get terraformMetaArguments() {
      const set = Object.entries(super.terraformMetaArguments).filter(([, value]) => value !== undefined);
      return Object.fromEntries(set);
    }

    override toTerraform() {
      const json = super.toTerraform();
      const resolve = (context: IResolveContext) => {
        const resolved = resolveFields(json, context);
        context.registerPostProcessor({ postProcess: () => resolved });
      };
      return Object.defineProperty(json, 'resolve', { value: resolve });
    }
  } as unknown as T;
}
