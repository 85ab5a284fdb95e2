import { join } from 'node:path';
import { WorkThread } from '../work-thread';
import type { PageWork } from './page-work';

const thread = new WorkThread<PageWork>(join(__dirname, 'page-worker'));

/**
 * Does work in a thread of its own, so that no other request waits for it.
 * @param limit how long it may take, in milliseconds
 * @returns undefined when it takes longer
 */
export const inThread: typeof thread.do = (...work) => thread.do(...work);
