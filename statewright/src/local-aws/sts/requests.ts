import type { Api, RequestOf } from '../api';
import { integer, list, string, structure } from '../schema';

const RoleArn = string({ length: [20, 2048] });
const RoleSessionName = string({ length: [2, 64], pattern: '[\\w+=,.@-]*' });
/** In seconds. Each role has a maximum of its own, of up to twelve hours. */
const DurationSeconds = integer({ range: [900, 43_200] });
/** JSON text. */
const Policy = string({ length: [1, 2048] });
const PolicyArns = list(structure({}, { arn: string() }), { length: [0, 10] });

/** AWS Security Token Service API Reference, "Actions". */
export const stsApi = {
  invalid: 'ValidationError',
  requests: {
    AssumeRole: structure(
      { RoleArn, RoleSessionName },
      {
        DurationSeconds,
        ExternalId: string({ length: [2, 1224], pattern: '[\\w+=,.@:\\/-]*' }),
        Policy,
        PolicyArns,
        SourceIdentity: string({ length: [2, 64], pattern: '[\\w+=,.@-]*' }),
        Tags: list(structure({ Key: string(), Value: string() }), { length: [0, 50] }),
      },
    ),
    AssumeRoleWithWebIdentity: structure(
      { RoleArn, RoleSessionName, WebIdentityToken: string({ length: [4, 20_000], sensitive: true }) },
      { DurationSeconds, Policy, PolicyArns },
    ),
    GetCallerIdentity: structure({}),
    GetSessionToken: structure({}, { DurationSeconds: integer({ range: [900, 129_600] }) }),
  },
} satisfies Api;

export type StsRequest<O extends keyof typeof stsApi.requests> = RequestOf<typeof stsApi, O>;
