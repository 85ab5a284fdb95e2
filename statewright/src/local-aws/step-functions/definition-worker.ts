// Does the work of definition-work.ts in a thread of its own.
import { serveWork } from '../../work-thread';
import { DEFINITION_WORK } from './definition-readers';

serveWork(DEFINITION_WORK);
