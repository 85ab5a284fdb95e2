/** The provider's resources that a StateMachine consists of. */
import { CloudwatchLogGroup as AwsLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole as AwsRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy as AwsRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SfnStateMachine as AwsStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import type { IResolveContext, TerraformResource } from 'cdktf';
import { withoutUndefined } from '../without-undefined';
import { resolvedAs, resolveFields } from './resolve-tokens';

/**
 * A resource that resolves its own tokens. CDKTF resolves each resource of a stack twice, and takes more time for it than
 * for everything else.
 */
function resolvingItself<T extends new (...args: never[]) => TerraformResource>(Resource: T): T {
  return class extends (Resource as new (...args: never[]) => TerraformResource) {
    // Most arguments are not set. CDKTF converts the name of each, and merges it.
    override get terraformMetaArguments() {
      return withoutUndefined(super.terraformMetaArguments);
    }

    protected override synthesizeAttributes() {
      return withoutUndefined(super.synthesizeAttributes());
    }

    override toTerraform() {
      const json = super.toTerraform();
      const resolve = (context: IResolveContext) => resolvedAs(resolveFields(json, context), context);
      return Object.defineProperty(json, 'resolve', { value: resolve });
    }
  } as unknown as T;
}

export const CloudwatchLogGroup = resolvingItself(AwsLogGroup);
export const IamRole = resolvingItself(AwsRole);
export const IamRolePolicy = resolvingItself(AwsRolePolicy);
export const SfnStateMachine = resolvingItself(AwsStateMachine);
