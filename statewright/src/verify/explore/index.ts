/** Explores every error path of a state machine. */

export { exampleData } from './examples';
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
export { type HistorySamples, type Recorded, samplesOfHistories } from './history-samples';
export { endText, errorList, titleOf } from './test-text';
