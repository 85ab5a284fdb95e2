/**
 * `eks:call` and `eks:runJob`: requests to the Kubernetes API of a cluster (Step Functions Developer Guide, "Create and
 * manage Amazon EKS clusters with Step Functions").
 */
import { isArray, type Json, type JsonObject, parseJson, stringifyJson } from '../engine/data';
import { addQuery, exchange, isSuccess, objectOf, textOf } from './http-task';
import { at } from './json-members';
import type { JobCall, ServiceResult } from './service-call';
import type { Upstream } from './upstream';

const NO_ENDPOINT =
  'This call needs the Kubernetes API of a cluster. Start "kubectl proxy" for a cluster on this machine, and pass its address: --endpoint kubernetes=http://127.0.0.1:8001. Or answer the call with a stand-in.';

/** The request that creates the job of `eks:runJob`. */
export const createJob = (request: JsonObject): JsonObject => ({
  Method: 'POST',
  Path: jobsPath(request),
  RequestBody: request.Job ?? null,
});

/** The request for the job that was created. */
export const jobCall = (
  Method: 'GET' | 'DELETE',
  started: JsonObject,
  request: JsonObject,
  QueryParameters: JsonObject = {},
): JobCall => ({
  operation: 'call',
  request: { Method, Path: `${jobsPath(request)}/${nameOf(started)}`, QueryParameters },
});

/** Whether a job has ended: its last condition that is true. */
export function jobState(job: Json): Json | undefined {
  const conditions = at(job, 'status', 'conditions');
  const met = isArray(conditions) ? conditions.filter((each: Json) => at(each, 'status') === 'True') : [];
  return met.map((each: Json) => at(each, 'type')).find((type) => type === 'Complete' || type === 'Failed');
}

/** The job with the logs of its containers, if the request asks for them. */
export async function withLogs(
  job: Json,
  request: JsonObject,
  send: (call: JobCall) => Promise<ServiceResult>,
): Promise<Json> {
  const { RetrieveLogs, RawLogs, LogParameters } = objectOf(request.LogOptions);
  if (RetrieveLogs !== true) return job;
  const podsPath = `/api/v1/namespaces/${namespaceOf(request)}/pods`;
  const get = (Path: string, QueryParameters: JsonObject) =>
    send({ operation: 'call', request: { Method: 'GET', Path, QueryParameters } });

  const listed = await get(podsPath, { labelSelector: [`job-name=${textOf(at(job, 'metadata', 'name'))}`] });
  const pods: Record<string, Json> = {};
  for (const pod of 'error' in listed ? [] : itemsOf(at(listed.output, 'ResponseBody', 'items'))) {
    const name = textOf(at(pod, 'metadata', 'name'));
    const containers: Record<string, Json> = {};
    for (const container of itemsOf(at(pod, 'spec', 'containers')).map((each) => textOf(at(each, 'name')))) {
      const read = await get(`${podsPath}/${name}/log`, {
        ...objectOf(LogParameters),
        container: [container],
      });
      containers[container] =
        'error' in read
          ? { error: read.error, cause: read.cause }
          : { log: logOf(at(read.output, 'ResponseBody') ?? '', RawLogs === true) };
    }
    pods[name] = { containers };
  }
  return { ...objectOf(job), logs: { pods } };
}

/** Logs are parsed as JSON if possible. */
function logOf(body: Json, isRaw: boolean): Json {
  if (isRaw || typeof body !== 'string') return typeof body === 'string' ? body : stringifyJson(body);
  try {
    return parseJson(body);
  } catch {
    return body;
  }
}

/** Sends a request to the Kubernetes API. A status that is not 2xx is the error `EKS.STATUS`. */
export async function callKubernetes(
  upstream: Upstream | undefined,
  request: JsonObject,
  signal: AbortSignal,
): Promise<ServiceResult> {
  if (upstream === undefined || upstream.endpoint === 'aws') {
    return { error: 'States.TaskFailed', cause: NO_ENDPOINT };
  }
  const method = textOf(request.Method).toUpperCase();
  const url = new URL(`${upstream.endpoint}/${textOf(request.Path).replace(/^\//, '')}`);
  addQuery(url, objectOf(request.QueryParameters));
  const { RequestBody } = request;
  const body = RequestBody === undefined || RequestBody === null ? undefined : textOf(RequestBody);
  const patch = 'application/merge-patch+json';
  const headers = new Headers(
    body === undefined ? {} : { 'content-type': method === 'PATCH' ? patch : 'application/json' },
  );
  const answer = await exchange({ url, method, headers, body, signal }, 'EKS.SdkClientException');
  if ('error' in answer) return answer;
  const output = {
    ResponseBody: answer.value,
    StatusCode: answer.status,
    StatusText: answer.statusText,
  };
  if (isSuccess(answer.status)) return { output };
  return { error: `EKS.${answer.status}`, cause: stringifyJson(output) };
}

const namespaceOf = ({ Namespace }: JsonObject) => textOf(Namespace) || 'default';
const jobsPath = (request: JsonObject) => `/apis/batch/v1/namespaces/${namespaceOf(request)}/jobs`;
const nameOf = (started: JsonObject) => textOf(at(started, 'ResponseBody', 'metadata', 'name'));
const itemsOf = (value: Json | undefined): readonly Json[] => (isArray(value) ? (value as Json[]) : []);
