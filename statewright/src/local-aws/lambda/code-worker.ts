// Does the work of code-thread.ts.
import { serveWork } from '../../work-thread';
import { CODE_WORK } from './code-work';

serveWork(CODE_WORK);
