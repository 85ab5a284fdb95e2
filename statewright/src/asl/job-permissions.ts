/**
 * The permissions that a Task needs to wait for a job (`.sync`), in addition to those for starting it (Step Functions
 * Developer Guide, "How Step Functions generates IAM policies for integrated services").
 */
import { ownField } from './graph';
import type { IntegrationResource } from './resource';
import { callPermissions, type Home, type TaskPermission } from './task-permissions';

interface Wait {
  /** The actions that ask for the job's state and that cancel it. */
  readonly actions: readonly string[];
  /** The EventBridge rule that tells Step Functions of the job's end; Step Functions creates it itself. */
  readonly rule?: string;
  /**
   * What the actions are for (default: `*`): the same resource as the call's, that of a call of their own with the same
   * request, or the executions of a state machine.
   */
  readonly on?: 'call' | 'own' | 'executions';
}

const rule = (name: string) => `StepFunctionsGetEvent${name}Rule`;
const sageMaker = (job: string, name = `${job}Jobs`): Wait => ({
  actions: [`sagemaker:Describe${job}Job`, `sagemaker:Stop${job}Job`],
  rule: rule(`sForSageMaker${name}`),
  on: 'call',
});

/** Step Functions cancels neither a creation nor a deletion. */
const eks = (part: string): Wait => ({ actions: [`eks:Describe${part}`], on: 'own' });

/** By the service and the action. */
const WAITS: Readonly<Record<string, Wait>> = {
  'athena:startQueryExecution': {
    actions: ['athena:GetQueryExecution', 'athena:StopQueryExecution'],
    on: 'call',
  },
  'batch:submitJob': { actions: ['batch:DescribeJobs', 'batch:TerminateJob'], rule: rule('sForBatchJobs') },
  'codebuild:startBuild': {
    actions: ['codebuild:BatchGetBuilds', 'codebuild:StopBuild'],
    rule: rule('ForCodeBuildStartBuild'),
    on: 'call',
  },
  'codebuild:startBuildBatch': {
    actions: ['codebuild:BatchGetBuildBatches', 'codebuild:StopBuildBatch'],
    rule: rule('ForCodeBuildStartBuildBatch'),
    on: 'call',
  },
  'databrew:startJobRun': { actions: ['databrew:ListJobRuns', 'databrew:StopJobRun'], on: 'call' },
  'ecs:runTask': { actions: ['ecs:DescribeTasks', 'ecs:StopTask'], rule: rule('sForECSTask') },
  'eks:createCluster': eks('Cluster'),
  'eks:createFargateProfile': eks('FargateProfile'),
  'eks:createNodegroup': eks('Nodegroup'),
  'eks:deleteCluster': eks('Cluster'),
  'eks:deleteFargateProfile': eks('FargateProfile'),
  'eks:deleteNodegroup': eks('Nodegroup'),
  'elasticmapreduce:addStep': {
    actions: ['elasticmapreduce:DescribeStep', 'elasticmapreduce:CancelSteps'],
    rule: rule('ForEMRAddJobFlowSteps'),
    on: 'call',
  },
  'elasticmapreduce:createCluster': {
    actions: ['elasticmapreduce:DescribeCluster', 'elasticmapreduce:TerminateJobFlows'],
    rule: rule('ForEMRRunJobFlow'),
  },
  'elasticmapreduce:terminateCluster': {
    actions: ['elasticmapreduce:DescribeCluster'],
    rule: rule('ForEMRTerminateJobFlows'),
    on: 'call',
  },
  'glue:startJobRun': { actions: ['glue:GetJobRun', 'glue:GetJobRuns', 'glue:BatchStopJobRun'], on: 'call' },
  'mediaconvert:createJob': {
    actions: ['mediaconvert:GetJob', 'mediaconvert:CancelJob'],
    rule: rule('sForMediaConvertJob'),
  },
  'sagemaker:createHyperParameterTuningJob': sageMaker('HyperParameterTuning', 'TuningJobs'),
  'sagemaker:createLabelingJob': sageMaker('Labeling'),
  'sagemaker:createProcessingJob': sageMaker('Processing'),
  'sagemaker:createTrainingJob': sageMaker('Training'),
  'sagemaker:createTransformJob': sageMaker('Transform'),
  'states:startExecution': {
    actions: ['states:DescribeExecution', 'states:StopExecution'],
    rule: rule('sForStepFunctionsExecution'),
    on: 'executions',
  },
};

/** The permissions to ask for the state of a job and to cancel it. */
export function jobPermissions(called: IntegrationResource, request: unknown, home: Home): TaskPermission[] {
  const wait = waitOf(called);
  const resourcesOf = (action: string) => {
    if (wait?.on === undefined) return ['*'];
    if (wait.on === 'executions') return [executionsOf(ownField(request, 'StateMachineArn'))];
    const call = wait.on === 'own' ? { ...called, action: operationOf(action) } : called;
    return callPermissions(call, request, home).map(({ resource }) => resource);
  };
  return (wait?.actions ?? []).flatMap((action) =>
    resourcesOf(action).map((resource) => ({ action, resource })),
  );
}

/** The permissions to manage the rule that tells Step Functions of the job's end; none for a job that has no rule. */
export function rulePermissions(
  called: IntegrationResource,
  { partition, region, accountId }: Home,
): TaskPermission[] {
  const name = waitOf(called)?.rule;
  if (name === undefined) return [];
  const resource = `arn:${partition}:events:${region}:${accountId}:rule/${name}`;
  return ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'].map((action) => ({
    action,
    resource,
  }));
}

/** The operation of an action: `describeCluster` of `eks:DescribeCluster`. */
function operationOf(action: string): string {
  const name = action.replace(/^.*:/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}

const waitOf = ({ sdk, service, action, pattern }: IntegrationResource): Wait | undefined =>
  !sdk && pattern === 'sync' ? WAITS[`${service}:${action}`] : undefined;

/** The ARN of all executions of a state machine; undefined when only a reference or the input names the machine. */
function executionsOf(stateMachineArn: unknown): string | undefined {
  if (typeof stateMachineArn !== 'string' || !stateMachineArn.startsWith('arn:')) return undefined;
  const [partition, service, region, account, , name] = stateMachineArn.split(':').slice(1);
  return `arn:${partition}:${service}:${region}:${account}:execution:${name}:*`;
}
