export { createConsole } from './app';
export { awsQualifiers } from './aws-qualifiers';
export type { AwsServices } from './aws-services';
export { awsSource } from './aws-source';
export { awsCallbacks } from './callbacks/aws-callbacks';
export { awsEditing } from './editing/aws-editing';
export { awsFunctions } from './functions/aws-functions';
export type { Problem } from './parts/problems';
export { type RecordedExecution, Recordings } from './recordings';
export type {
  ConsoleSource,
  ExecutionDetails,
  StateMachineDetails,
} from './source';
