import type { Account, AccountOptions } from '../local-aws/account';
import type { StandIn } from '../local-aws/step-functions/stand-ins';
import { Runs } from '../testing/run';
import { StandIns } from '../testing/stand-ins';
import { activityPattern, isMeant, type ResolvedTarget } from '../testing/targets';
import { returnToken } from '../testing/task-token';
import type { GivenStandIns } from './stand-ins';

/** Stand-ins in a long-lived account. */
interface AccountStandIns {
  readonly options: Pick<AccountOptions, 'standIns' | 'lambdaInvoker'>;
  /** Uses these in place of the earlier ones. */
  use(given: GivenStandIns): void;
}

/**
 * Uses stand-ins in a long-lived account. Its state machines are not known yet, so a name matches any state, function or activity.
 * Calls without a stand-in work as usual.
 *
 * @param account called when a task token has to be returned
 */
export function accountStandIns(given: GivenStandIns, account: () => Account): AccountStandIns {
  const standIns = new StandIns(new Runs(), (...sent) => returnToken(account(), ...sent));
  let targets: readonly ResolvedTarget[] = [];
  const use = ({ answers }: GivenStandIns) => {
    standIns.restore();
    for (const [name, answer] of answers) {
      for (const target of targetsOf(name)) standIns.replace(target, answer);
    }
    targets = [...answers.keys()].flatMap(targetsOf);
  };
  use(given);
  const isReplaced = (state: string, resource: string) =>
    targets.some((target) => isMeant(target, { state, resource }));
  const service: StandIn = {
    resource: '*',
    invoke: (call) => (isReplaced(call.stateName, call.resource) ? standIns.service(call) : undefined),
  };
  return { options: { standIns: [service], lambdaInvoker: standIns.lambda }, use };
}

function targetsOf(name: string): readonly ResolvedTarget[] {
  if (!name.includes(':')) {
    return [
      { kind: 'state', name },
      { kind: 'lambda', name },
      { kind: 'resource', name: activityPattern(name) },
    ];
  }
  return [{ kind: 'resource', name: name.startsWith('arn:') ? name : `arn:*:states:*:*:${name}` }];
}
