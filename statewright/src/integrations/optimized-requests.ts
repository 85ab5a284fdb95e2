/**
 * What optimized integrations change in a request and in its response (Step Functions Developer Guide, the page of each
 * integration).
 */
import type { IntegrationResource } from '../asl/resource';
import { isArray, isObject, type Json, type JsonObject, parseJson, stringifyJson } from '../engine/data';
import { at } from './json-members';
import { createJob } from './kubernetes';
import type { ServiceResult } from './service-call';

/** Who makes a call. */
interface Caller {
  readonly stateMachineArn: string;
  readonly executionArn: string;
}

interface Change {
  /** The operation of the service's API (default: the action). */
  readonly operation?: string;
  /** The name of the SDK's package, where it is not the service's. */
  readonly client?: string;
  readonly request?: (request: JsonObject, caller: Caller) => JsonObject;
  readonly response?: (output: JsonObject) => ServiceResult;
}

/** Amazon EMR's actions act on one cluster or step, where its API acts on several. */
const first =
  (from: string, to: string) =>
  (output: JsonObject): ServiceResult => {
    const { [from]: list, ...rest } = output;
    return { output: { [to]: at(list, 0) ?? null, ...rest } };
  };

function jsonValue(body: Json): Json {
  try {
    return typeof body === 'string' ? parseJson(body) : body;
  } catch {
    return body;
  }
}

/** By the service and the action. */
const CHANGES: Readonly<Record<string, Change>> = {
  'bedrock:invokeModel': {
    client: 'bedrock-runtime',
    // Models answer in JSON.
    response: ({ Body = null, ...rest }) => ({ output: { Body: jsonValue(Body), ...rest } }),
  },
  'ecs:runTask': {
    request: (request) => ({ StartedBy: 'AWS Step Functions', ...request }),
    response: (output) => {
      const failures = output.Failures;
      if (!isArray(failures) || failures.length === 0) return { output };
      return { error: 'AmazonECS.Unknown', cause: stringifyJson(output) };
    },
  },
  'eks:runJob': { operation: 'call', request: createJob },
  'elasticmapreduce:addStep': {
    operation: 'AddJobFlowSteps',
    request: ({ ClusterId = null, Step = null, ...rest }) => ({
      JobFlowId: ClusterId,
      Steps: [Step],
      ...rest,
    }),
    response: first('StepIds', 'StepId'),
  },
  'elasticmapreduce:cancelStep': {
    operation: 'CancelSteps',
    request: ({ ClusterId = null, StepId = null }) => ({ ClusterId, StepIds: [StepId] }),
  },
  'elasticmapreduce:createCluster': {
    operation: 'RunJobFlow',
    response: ({ JobFlowId = null, ...rest }) => ({ output: { ClusterId: JobFlowId, ...rest } }),
  },
  'elasticmapreduce:terminateCluster': {
    operation: 'TerminateJobFlows',
    request: ({ ClusterId = null }) => ({ JobFlowIds: [ClusterId] }),
  },
  'events:putEvents': {
    // The events name the state machine and its execution.
    request: (request, { stateMachineArn, executionArn }) => ({
      ...request,
      Entries: isArray(request.Entries)
        ? request.Entries.map((entry: Json) =>
            isObject(entry)
              ? {
                  ...entry,
                  Resources: [
                    ...(isArray(entry.Resources) ? entry.Resources : []),
                    stateMachineArn,
                    executionArn,
                  ],
                }
              : entry,
          )
        : (request.Entries ?? null),
    }),
    response: (output) =>
      output.FailedEntryCount === 0 || output.FailedEntryCount === undefined
        ? { output }
        : { error: 'EventBridge.FailedEntry', cause: stringifyJson(output) },
  },
};

/** The change that an integration makes; none for an `aws-sdk:` call. */
export const changeOf = ({
  sdk,
  service,
  action,
}: Pick<IntegrationResource, 'sdk' | 'service' | 'action'>): Change =>
  (sdk ? undefined : CHANGES[`${service}:${action}`]) ?? {};
