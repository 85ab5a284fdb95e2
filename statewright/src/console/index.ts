export { type ConsoleRegions, createConsole } from './app';
export type { AwsServices } from './aws-services';
export { awsSource } from './aws-source';
export { awsEditing } from './editing/aws-editing';
export type { Problem } from './parts/problems';
export { type ReadRecording, type RecordedExecution, Recordings } from './recordings';
export type {
  ConsoleSource,
  ExecutionDetails,
  ExecutionStatus,
  ExecutionSummary,
  Policy,
  RoleDetails,
  StartRequest,
  StateMachineDetails,
  StateMachineSummary,
} from './source';
