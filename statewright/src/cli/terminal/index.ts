export { type LogLine, renderExecution } from './execution';
export { renderError, renderNextSteps, renderWarning } from './message';
export { Progress, type ProgressClock } from './progress';
export { type Cell, type Column, renderTable } from './table';
export { createTerminal, type Paint, type Terminal } from './terminal';
export { counted, plainText, wrap } from './text';
