/** Explores every error path of a state machine. */
export type {
  End,
  Exploration,
  ExploreOptions,
  Finding,
  FindingKind,
  Row,
  Sample,
  SampledCall,
  Step,
} from './exploration';
export { exploreDefinition } from './explore';
export { endText, titleOf } from './test-text';
