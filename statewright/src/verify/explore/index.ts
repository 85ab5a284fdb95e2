/** Explores every error path of a state machine. */

export { exampleData } from './examples';
export type {
  Exploration,
  ExploreOptions,
  Finding,
  Row,
  Sample,
  SampledCall,
} from './exploration';
export { exploreDefinition } from './explore';
export { type Recorded, samplesOfHistories } from './history-samples';
export { endText, errorList, titleOf } from './test-text';
