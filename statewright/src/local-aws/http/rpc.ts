import type { Context } from 'hono';
import type { Account } from '../account';
import type { Caller } from '../account-context';
import { AwsError } from '../aws-error';
import { type Credential, unsignedQuery } from '../credential';
import { iamApi } from '../iam/requests';
import { stsApi } from '../sts/requests';
import type { CheckCall } from './check-call';
import { answerJson, jsonError } from './json-protocol';
import { jsonServicesOf } from './json-services';
import { notImplemented, operationsOf } from './operation';
import { answerQuery, isQuery, type QueryService } from './query-protocol';
import type { CheckSignature } from './signature';

/** What is known of a request while it is answered. */
export interface AppEnvironment {
  Variables: {
    requestId: string;
    operation: string | undefined;
    credential: Credential | undefined;
    region: string;
    caller: Caller;
    checkCall: CheckCall;
    /** Undefined for a request that needs no signature. */
    checkSignature: CheckSignature | undefined;
    /** The body as it was received, where it was decompressed since. */
    received: Uint8Array | undefined;
  };
}

/**
 * Answers for all services but Lambda, which share one path: the X-Amz-Target header or the form's Action names the
 * service and the operation.
 */
export function rpcHandler(account: Account): (c: Context<AppEnvironment>) => Promise<Response> {
  const jsonServices = jsonServicesOf(account);
  const iam: QueryService = {
    name: 'iam',
    namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    operations: operationsOf(iamApi, account.iam),
    percentEncoded: ['AssumeRolePolicyDocument', 'PolicyDocument', 'Document'],
    ...iamApi,
  };
  const sts = (caller: Caller): QueryService => ({
    name: 'sts',
    namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    operations: operationsOf(stsApi, account.sts.as(caller)),
    ...stsApi,
  });

  return async (c) => {
    const target = c.req.header('x-amz-target');
    if (target !== undefined) {
      c.set('operation', target);
      const [prefix = '', operation = ''] = target.split('.');
      const service = jsonServices(account.in(c.get('region'))).get(prefix);
      return service
        ? answerJson(service, operation, await c.req.text(), c.get('checkCall'), () => c.req.raw.signal)
        : jsonError(notImplemented(c.get('credential')?.service ?? prefix, operation));
    }
    if (isQuery(c.req)) {
      const form = [await c.req.text(), unsignedQuery(new URL(c.req.url)).slice(1)].filter(Boolean).join('&');
      c.set('operation', new URLSearchParams(form).get('Action') ?? undefined);
      const signed = c.get('credential')?.service;
      const services = [iam, sts(c.get('caller'))].filter(
        ({ name }) => signed === undefined || name === signed,
      );
      return answerQuery(services, form, c.get('requestId'), signed ?? 'iam', c.get('checkCall'));
    }
    return jsonError(
      new AwsError(
        'MissingAction',
        'The request does not name an operation: it has neither an X-Amz-Target header nor a form.',
      ),
    );
  };
}
