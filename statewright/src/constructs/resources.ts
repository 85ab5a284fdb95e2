/** The provider's resources that a StateMachine consists of. */
import { CloudwatchLogGroup as AwsLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole as AwsRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy as AwsRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SfnStateMachine as AwsStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import type { IResolveContext, TerraformResource } from 'cdktf';
import { resolvedAs, resolveFields } from './resolve-tokens';

export class CloudwatchLogGroup extends resolvingItself(AwsLogGroup) {}
export class IamRole extends resolvingItself(AwsRole) {}
export class IamRolePolicy extends resolvingItself(AwsRolePolicy) {}
export class SfnStateMachine extends resolvingItself(AwsStateMachine) {}

/**
 * A resource that resolves its own tokens. CDKTF resolves each resource of a stack twice, and takes more time for it than
 * for everything else.
 */
function resolvingItself<T extends new (...args: never[]) => TerraformResource>(Resource: T) {
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

function withoutUndefined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
