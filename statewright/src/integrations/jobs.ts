/**
 * The jobs that `.sync` waits for: how to ask for their state, when they have ended, and how to cancel them (Step Functions
 * Developer Guide, the page of each optimized integration).
 */
import type { Json, JsonObject } from '../engine/data';
import { at } from './json-members';
import { jobCall, jobState, withLogs } from './kubernetes';
import type { JobCall, ServiceResult } from './service-call';

export interface Job {
  /** Asks for the job's state, by the response that started it and the request. */
  readonly ask: (started: JsonObject, request: JsonObject) => JobCall;
  /** The part of the answer that is the Task's result (default: the whole answer). */
  readonly result?: (answer: JsonObject) => Json | undefined;
  /** The job's state in the result. */
  readonly state: (result: Json) => Json | undefined;
  readonly succeeded: readonly string[];
  readonly failed: readonly string[];
  /** Whether a job in a state of `succeeded` failed nevertheless. */
  readonly isFailure?: (result: Json) => boolean;
  readonly cancel?: (started: JsonObject, request: JsonObject) => JobCall;
  /** Whether the job has succeeded when its subject no longer exists. */
  readonly isDeletion?: boolean;
  /** Completes the result of a job that has ended. */
  readonly complete?: (
    result: Json,
    request: JsonObject,
    send: (call: JobCall) => Promise<ServiceResult>,
  ) => Promise<Json>;
}

const member =
  (...path: readonly (string | number)[]) =>
  (value: Json) =>
    at(value, ...path);
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** A job of SageMaker, which its request names. */
function sageMaker(job: string): Job {
  const named = (_: JsonObject, request: JsonObject) => ({
    [`${job}JobName`]: text(request[`${job}JobName`]),
  });
  return {
    ask: (...from) => ({ operation: `Describe${job}Job`, request: named(...from) }),
    state: member(`${job}JobStatus`),
    succeeded: ['Completed'],
    failed: ['Failed', 'Stopped'],
    cancel: (...from) => ({ operation: `Stop${job}Job`, request: named(...from) }),
  };
}

/** The creation or deletion of a part of Amazon EKS. Step Functions cancels neither. */
function eks(part: string, fields: readonly string[], isDeletion: boolean): Job {
  return {
    ask: (_, request) => ({
      operation: `Describe${part}`,
      request: Object.fromEntries(fields.map((field) => [field, text(request[field])])),
    }),
    state: member(part, 'Status'),
    succeeded: isDeletion ? [] : ['ACTIVE'],
    failed: isDeletion ? ['DELETE_FAILED'] : ['FAILED', 'CREATE_FAILED'],
    isDeletion,
  };
}

/** A build of CodeBuild, or a batch of builds. */
function build(kind: 'Build' | 'BuildBatch', list: string): Job {
  const id = (started: JsonObject) => text(at(started, kind, 'Id'));
  return {
    ask: (started) => ({ operation: `BatchGet${list}`, request: { Ids: [id(started)] } }),
    result: (answer) => ({ [kind]: at(answer, list, 0) ?? null }),
    state: member(kind, kind === 'Build' ? 'BuildStatus' : 'BuildBatchStatus'),
    succeeded: ['SUCCEEDED'],
    failed: ['FAILED', 'FAULT', 'STOPPED', 'TIMED_OUT'],
    cancel: (started) => ({ operation: `Stop${kind}`, request: { Id: id(started) } }),
  };
}

/** By the service and the action. */
export const JOBS: Readonly<Record<string, Job>> = {
  'athena:startQueryExecution': {
    ask: ({ QueryExecutionId }) => ({
      operation: 'GetQueryExecution',
      request: { QueryExecutionId: text(QueryExecutionId) },
    }),
    state: member('QueryExecution', 'Status', 'State'),
    succeeded: ['SUCCEEDED'],
    failed: ['FAILED', 'CANCELLED'],
    cancel: ({ QueryExecutionId }) => ({
      operation: 'StopQueryExecution',
      request: { QueryExecutionId: text(QueryExecutionId) },
    }),
  },
  'batch:submitJob': {
    ask: ({ JobId }) => ({ operation: 'DescribeJobs', request: { Jobs: [text(JobId)] } }),
    result: member('Jobs', 0),
    state: member('Status'),
    succeeded: ['SUCCEEDED'],
    failed: ['FAILED'],
    cancel: ({ JobId }) => ({
      operation: 'TerminateJob',
      request: { JobId: text(JobId), Reason: 'The state machine execution was stopped.' },
    }),
  },
  'codebuild:startBuild': build('Build', 'Builds'),
  'codebuild:startBuildBatch': build('BuildBatch', 'BuildBatches'),
  'databrew:startJobRun': {
    ask: ({ RunId }, { Name }) => ({
      operation: 'DescribeJobRun',
      request: { Name: text(Name), RunId: text(RunId) },
    }),
    state: member('State'),
    succeeded: ['SUCCEEDED'],
    failed: ['FAILED', 'STOPPED', 'TIMEOUT'],
    cancel: ({ RunId }, { Name }) => ({
      operation: 'StopJobRun',
      request: { Name: text(Name), RunId: text(RunId) },
    }),
  },
  'ecs:runTask': {
    ask: (started) => ({
      operation: 'DescribeTasks',
      request: {
        Cluster: text(at(started, 'Tasks', 0, 'ClusterArn')),
        Tasks: [text(at(started, 'Tasks', 0, 'TaskArn'))],
      },
    }),
    result: member('Tasks', 0),
    state: member('LastStatus'),
    succeeded: ['STOPPED'],
    failed: [],
    isFailure: (task) => {
      const containers = at(task, 'Containers');
      const codes = Array.isArray(containers)
        ? containers.map((container) => at(container as Json, 'ExitCode'))
        : [];
      return (
        at(task, 'StopCode') === 'TaskFailedToStart' || codes.some((code) => code !== undefined && code !== 0)
      );
    },
    cancel: (started) => ({
      operation: 'StopTask',
      request: {
        Cluster: text(at(started, 'Tasks', 0, 'ClusterArn')),
        Task: text(at(started, 'Tasks', 0, 'TaskArn')),
      },
    }),
  },
  'eks:createCluster': eks('Cluster', ['Name'], false),
  'eks:createFargateProfile': eks('FargateProfile', ['ClusterName', 'FargateProfileName'], false),
  'eks:createNodegroup': eks('Nodegroup', ['ClusterName', 'NodegroupName'], false),
  'eks:deleteCluster': eks('Cluster', ['Name'], true),
  'eks:deleteFargateProfile': eks('FargateProfile', ['ClusterName', 'FargateProfileName'], true),
  'eks:deleteNodegroup': eks('Nodegroup', ['ClusterName', 'NodegroupName'], true),
  'eks:runJob': {
    ask: (...from) => jobCall('GET', ...from),
    result: member('ResponseBody'),
    state: jobState,
    succeeded: ['Complete'],
    failed: ['Failed'],
    complete: withLogs,
    // Its pods end with it.
    cancel: (...from) => jobCall('DELETE', ...from, { propagationPolicy: ['Background'] }),
  },
  'glue:startJobRun': {
    ask: ({ JobRunId }, { JobName }) => ({
      operation: 'GetJobRun',
      request: { JobName: text(JobName), RunId: text(JobRunId) },
    }),
    result: member('JobRun'),
    state: member('JobRunState'),
    succeeded: ['SUCCEEDED'],
    failed: ['FAILED', 'STOPPED', 'TIMEOUT', 'ERROR', 'EXPIRED'],
    cancel: ({ JobRunId }, { JobName }) => ({
      operation: 'BatchStopJobRun',
      request: { JobName: text(JobName), JobRunIds: [text(JobRunId)] },
    }),
  },
  'mediaconvert:createJob': {
    ask: (started) => ({ operation: 'GetJob', request: { Id: text(at(started, 'Job', 'Id')) } }),
    state: member('Job', 'Status'),
    succeeded: ['COMPLETE'],
    failed: ['ERROR', 'CANCELED'],
    cancel: (started) => ({ operation: 'CancelJob', request: { Id: text(at(started, 'Job', 'Id')) } }),
  },
  'sagemaker:createHyperParameterTuningJob': sageMaker('HyperParameterTuning'),
  'sagemaker:createLabelingJob': sageMaker('Labeling'),
  'sagemaker:createProcessingJob': sageMaker('Processing'),
  'sagemaker:createTrainingJob': sageMaker('Training'),
  'sagemaker:createTransformJob': sageMaker('Transform'),
  ...Object.fromEntries(
    (['emr-serverless', 'emr-containers'] as const).map((service): [string, Job] => {
      const group = service === 'emr-serverless' ? 'ApplicationId' : 'VirtualClusterId';
      const id = service === 'emr-serverless' ? 'JobRunId' : 'Id';
      const named = (started: JsonObject, request: JsonObject) => ({
        [group]: text(request[group]),
        [id]: text(started[id]),
      });
      return [
        `${service}:startJobRun`,
        {
          ask: (...from) => ({
            operation: service === 'emr-serverless' ? 'GetJobRun' : 'DescribeJobRun',
            request: named(...from),
          }),
          result: member('JobRun'),
          state: member('State'),
          succeeded: ['SUCCESS', 'COMPLETED'],
          failed: ['FAILED', 'CANCELLED'],
          cancel: (...from) => ({ operation: 'CancelJobRun', request: named(...from) }),
        },
      ];
    }),
  ),
  'elasticmapreduce:addStep': {
    ask: ({ StepId }, { ClusterId }) => ({
      operation: 'DescribeStep',
      request: { ClusterId: text(ClusterId), StepId: text(StepId) },
    }),
    state: member('Step', 'Status', 'State'),
    succeeded: ['COMPLETED'],
    failed: ['FAILED', 'CANCELLED', 'INTERRUPTED'],
    cancel: ({ StepId }, { ClusterId }) => ({
      operation: 'CancelSteps',
      request: { ClusterId: text(ClusterId), StepIds: [text(StepId)] },
    }),
  },
  'elasticmapreduce:createCluster': {
    ask: ({ ClusterId }) => ({ operation: 'DescribeCluster', request: { ClusterId: text(ClusterId) } }),
    state: member('Cluster', 'Status', 'State'),
    succeeded: ['WAITING', 'TERMINATED'],
    failed: ['TERMINATED_WITH_ERRORS'],
    cancel: ({ ClusterId }) => ({
      operation: 'TerminateJobFlows',
      request: { JobFlowIds: [text(ClusterId)] },
    }),
  },
  'elasticmapreduce:terminateCluster': {
    ask: (_, { ClusterId }) => ({ operation: 'DescribeCluster', request: { ClusterId: text(ClusterId) } }),
    state: member('Cluster', 'Status', 'State'),
    succeeded: ['TERMINATED', 'TERMINATED_WITH_ERRORS'],
    failed: [],
  },
};
