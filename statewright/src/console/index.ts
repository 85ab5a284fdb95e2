export { type ConsoleRegions, createConsole } from './app';
export type { AwsServices } from './aws-services';
export { awsSource } from './aws-source';
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
