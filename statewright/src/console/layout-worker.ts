// Lays out the diagram of one definition in a thread of its own.
import { parentPort, workerData } from 'node:worker_threads';
import { layoutDiagram } from '../diagram/render';

parentPort?.postMessage(layoutDiagram(JSON.parse(workerData)));
