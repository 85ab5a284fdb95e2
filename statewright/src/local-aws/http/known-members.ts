import type { Api } from '../api';
import { iamApi } from '../iam/requests';
import { lambdaApi } from '../lambda/requests';
import { logsApi } from '../logs/requests';
import { statesApi } from '../step-functions/requests';
import type { Members } from './requested-resource';

const APIS: Readonly<Record<string, Api>> = {
  iam: iamApi,
  lambda: lambdaApi,
  logs: logsApi,
  states: statesApi,
};

/**
 * The members of a request that its operation has. It ignores all others, as on AWS: so none of them may name the resource, or
 * the tags, that the caller needs a permission for.
 */
export function knownMembers(service: string, operation: string, members: Members): Members {
  const schema = APIS[service]?.requests[operation];
  if (schema === undefined) return members;
  const known = schema.members.filter((member) => Object.hasOwn(members, member));
  return Object.fromEntries(known.map((member) => [member, members[member]]));
}
