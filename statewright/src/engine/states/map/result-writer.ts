import { isObject } from '../../data';
import type { DataFlow, Evaluate } from '../../data-flow/data-flow';
import type { Fields } from '../../definition/fields';
import { hasTexts } from '../../execution/object-store';
import { NO_OBJECT_STORE, ResultWriterError } from './errors';
import { ResultFiles } from './result-files';
import { OutputResults, type Results, type Transformation } from './results';

/** Makes the results of a Map Run. */
export type OpenResults = (run: { readonly arn: string; readonly redriveCount: number }) => Results;

/**
 * `ResultWriter` (Step Functions Developer Guide, "ResultWriter (Map)"): without it the outputs, with only a
 * WriterConfig the outputs in its format, with a Resource files in S3.
 */
export function compileResultWriter(map: Fields, flow: DataFlow): Evaluate<OpenResults> {
  const fields = map.object('ResultWriter');
  const config = fields?.object('WriterConfig');
  const transformation = config?.text('Transformation') as Transformation | undefined;
  if (!fields?.has('Resource')) return () => () => new OutputResults(transformation);
  const name = flow.language === 'JSONata' ? 'Arguments' : 'Parameters';
  const request = flow.compileTemplate(fields, name, 'ResultWriter') ?? (() => ({}));
  const outputType = config?.text('OutputType') === 'JSONL' ? 'JSONL' : 'JSON';

  return async (visit, effective) => {
    const members = await request(visit, effective);
    const { objects: store, clock } = visit.thread.execution.services;
    return ({ arn: mapRunArn, redriveCount }) => {
      if (!store) throw new ResultWriterError(NO_OBJECT_STORE);
      if (!isObject(members) || !hasTexts(members, ['Bucket'])) {
        throw new ResultWriterError('The ResultWriter needs a Bucket, a text that is not empty.');
      }
      const { Bucket: bucket, Prefix = '' } = members;
      const prefix = String(Prefix).replace(/(?<=[^/])$/, '/');
      return new ResultFiles({
        store,
        clock,
        bucket,
        prefix,
        transformation: transformation ?? 'NONE',
        outputType,
        mapRunArn,
        redriveCount,
      });
    };
  };
}
