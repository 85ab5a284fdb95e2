/** Deploys a stack again and again to the same account, as `terraform apply` does. */
import type { Account } from '../../account';
import type { LambdaService } from '../../lambda/lambda-service';
import type { TargetAccount, TargetRegion } from '../target-account';
import { updatingIam } from './iam';
import { updatingLambda } from './lambda';
import { updatingLogs } from './logs';
import { updatingStates } from './states';
import { type Change, Updates } from './updates';

export { RunningVersions } from './running-versions';
export type { Change } from './updates';

/** What a deployment did, and its result. */
export interface Updated<T> {
  readonly result: T;
  /** In the order in which they were made; empty if nothing differs. */
  readonly changes: readonly Change[];
}

/**
 * A stack that is deployed to an account again and again: what exists is changed where its request differs, and what is
 * no longer requested is deleted.
 */
export class UpdatableStack {
  readonly #updates = new Updates();
  readonly #target: TargetAccount;

  /** @param beforeChange called with the name of a function before its code or its configuration changes */
  constructor(
    account: Account,
    beforeChange: (lambda: LambdaService, functionName: string) => void = () => {},
  ) {
    const regions = new Map<string, TargetRegion>();
    this.#target = {
      region: account.region,
      in: (region) => {
        const services = account.in(region);
        const made = regions.get(region) ?? {
          accountId: account.accountId,
          region,
          iam: updatingIam(account.iam, this.#updates),
          logs: updatingLogs(services.logs, region, this.#updates),
          lambda: updatingLambda(services.lambda, region, this.#updates, beforeChange),
          states: updatingStates(services, this.#updates),
        };
        regions.set(region, made);
        return made;
      },
    };
  }

  /** @param deploy creates every resource of the stack; when it fails, what it has not reached stays as it was */
  async deploy<T>(deploy: (target: TargetAccount) => Promise<T>): Promise<Updated<T>> {
    this.#updates.begin();
    const result = await deploy(this.#target);
    return { result, changes: this.#updates.finish() };
  }
}
