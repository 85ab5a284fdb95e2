import type { Account, AccountOptions } from '../local-aws/account';
import { Runs } from '../testing/run';
import { StandIns } from '../testing/stand-ins';
import { isMeant, type ResolvedTarget } from '../testing/targets';
import { returnToken } from '../testing/task-token';
import type { GivenStandIns } from './stand-ins';

/**
 * Lets stand-ins answer in an account that lives on: which state machines it will have is not known, so a name may be
 * that of any state or function. What nothing stands in for is called as without them.
 *
 * @param account asked for when a task token is to be returned
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
    ];
  }
  return [{ kind: 'resource', name: name.startsWith('arn:') ? name : `arn:*:states:*:*:${name}` }];
}
