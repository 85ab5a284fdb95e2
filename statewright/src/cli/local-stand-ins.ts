import type { Account, AccountOptions } from '../local-aws/account';
import { Runs } from '../testing/run';
import { StandIns } from '../testing/stand-ins';
import { activityPattern, isMeant, type ResolvedTarget } from '../testing/targets';
import { returnToken } from '../testing/task-token';
import type { GivenStandIns } from './stand-ins';

/**
 * Uses stand-ins in a long-lived account. Its state machines are not known yet, so a name matches any state, function or activity.
 * Calls without a stand-in work as usual.
 *
 * @param account called when a task token has to be returned
 */
export function accountStandIns(
  given: GivenStandIns,
  account: () => Account,
): Pick<AccountOptions, 'standIns' | 'lambdaInvoker'> {
  const standIns = new StandIns(new Runs(), (...sent) => returnToken(account(), ...sent));
  const targets: ResolvedTarget[] = [];
  for (const [name, answer] of given.answers) {
    for (const target of targetsOf(name)) {
      targets.push(target);
      standIns.replace(target, answer);
    }
  }
  const isReplaced = (state: string, resource: string) =>
    targets.some((target) => isMeant(target, { state, resource }));
  return {
    standIns: [
      {
        resource: '*',
        invoke: (call) => (isReplaced(call.stateName, call.resource) ? standIns.service(call) : undefined),
      },
    ],
    lambdaInvoker: standIns.lambda,
  };
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
