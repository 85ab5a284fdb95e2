/** Deploys a stack again and again to the same account, as `terraform apply` does. */
import { DEFAULT_WORKSPACE } from '../../../terraform/workspace';
import type { Account } from '../../account';
import type { LambdaService } from '../../lambda/lambda-service';
import type { TargetAccount, TargetRegion } from '../target-account';
import { updatingIam } from './iam';
import { KeptRequests } from './kept-requests';
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

export interface UpdatableStackOptions {
  /** The folder of the stack, or its template, by which the account knows what it has created after a restart (default: it does not). */
  readonly folder?: string | undefined;
  /** The workspace of Terraform, or the name of a template's stack (default: `default`). */
  readonly workspace?: string | undefined;
  /** Called with the name of a function before its code or its configuration changes. */
  readonly beforeChange?: (lambda: LambdaService, functionName: string) => void;
}

/**
 * A stack that is deployed to an account again and again, also by another process: what exists is changed where its
 * request differs, and what is no longer requested is deleted.
 */
export class UpdatableStack {
  readonly #updates: Updates;
  readonly #target: TargetAccount;

  constructor(account: Account, options: UpdatableStackOptions = {}) {
    const { folder, workspace = DEFAULT_WORKSPACE, beforeChange = () => {} } = options;
    // Each workspace has a state of its own in Terraform, and each region is another one here: nothing deletes what is in another.
    const stack = folder && `${account.region} ${workspace} ${folder}`;
    const kept = new KeptRequests(account.deployments, stack);
    const updates = new Updates(kept);
    const regions = new Map<string, TargetRegion>();
    const target = {
      region: account.region,
      in: (region: string) => {
        const { logs, lambda, ...services } = account.in(region);
        const made = regions.get(region) ?? {
          accountId: account.accountId,
          region,
          iam: kept.whileCalled(region, 'iam', updatingIam(account.iam, account.accountId, updates)),
          logs: kept.whileCalled(region, 'logs', updatingLogs(logs, region, updates)),
          lambda: kept.whileCalled(region, 'lambda', updatingLambda(lambda, region, updates, beforeChange)),
          states: kept.whileCalled(region, 'states', updatingStates(services, updates)),
        };
        regions.set(region, made);
        return made;
      },
    };
    this.#target = target;
    this.#updates = updates;
    for (const { region, service, operation, request } of kept.all) {
      const operations = target.in(region)[service] as unknown as Operations;
      updates.restore(() => operations[operation]?.(request));
    }
  }

  /** @param deploy creates every resource of the stack; when it fails, what it has not reached stays as it was */
  async deploy<T>(deploy: (target: TargetAccount) => Promise<T>): Promise<Updated<T>> {
    this.#updates.begin();
    const result = await deploy(this.#target);
    return { result, changes: this.#updates.finish() };
  }
}

type Operations = Readonly<Record<string, (request: unknown) => unknown>>;
