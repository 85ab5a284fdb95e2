// Does the work of page-thread.ts, one task after the other.
import { serveWork } from '../work-thread';
import { PAGE_WORK } from './page-work';

serveWork(PAGE_WORK);
