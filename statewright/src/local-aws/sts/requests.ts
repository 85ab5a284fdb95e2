import type { Api } from '../api';
import { structure } from '../schema';

/** AWS Security Token Service API Reference, "Actions". */
export const stsApi = {
  invalid: 'ValidationError',
  requests: { GetCallerIdentity: structure({}) },
} satisfies Api;
