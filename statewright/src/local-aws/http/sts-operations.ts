import type { StsService } from '../sts/sts-service';
import { type Operations, operation } from './operation';
import { structure } from './shape';

/** STS (AWS Query, version 2011-06-15). */
export function stsOperations(sts: StsService): Operations {
  return new Map([['GetCallerIdentity', operation(structure({}, {}), sts.getCallerIdentity)]]);
}
