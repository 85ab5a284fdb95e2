import { join } from 'node:path';
import type { HistoryEvent } from '../../../src/engine';
import { type RecordedExecution, readHistories, replay } from '../../../src/testing';
import { machines } from './machines';

const histories = new Map(
  readHistories(join(__dirname, 'histories')).map((history) => [
    history.name?.replace(/^.*[\\/](.*)\.json$/, '$1'),
    history,
  ]),
);

/** An event without its time and without the values that each execution makes itself. */
function plain({ timestamp: _, ...event }: HistoryEvent): unknown {
  return JSON.parse(
    JSON.stringify(event)
      .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '<id>')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>'),
  );
}

test.each(Object.entries(machines))(
  '%s: the same definition gives the same history',
  async (name, machine) => {
    const history = histories.get(name.replace(/\W+/g, '-')) as RecordedExecution;
    const { differences, events, children } = await replay(history, { definition: machine.definition });
    expect(differences).toEqual([]);
    expect(events.map(plain)).toEqual(history.events.map(plain));
    expect(children.map((child) => child.map(plain))).toEqual(
      (history.children ?? []).map((child) => child.events.map(plain)),
    );
  },
);

/** AWS takes time between events. */
const slow = (history: RecordedExecution, pause: number): RecordedExecution => ({
  ...history,
  events: history.events.map((event) => ({ ...event, timestamp: event.timestamp + event.id * pause })),
  ...(history.children && { children: history.children.map((child) => slow(child, pause)) }),
});

test.each(Object.entries(machines))(
  '%s: the same with pauses of AWS between events',
  async (name, machine) => {
    const history = histories.get(name.replace(/\W+/g, '-')) as RecordedExecution;
    for (const pause of [3, 30, 70]) {
      const { differences } = await replay(slow(history, pause), { definition: machine.definition });
      expect(differences).toEqual([]);
    }
  },
);
