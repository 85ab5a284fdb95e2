import {
  blocksOf,
  type EventBlock,
  eventId,
  eventsIn,
  indexesIn,
} from '../../../src/local-aws/logs/event-block';

const about = { logGroupName: 'group', logStreamName: 'stream', ingestionTime: 9 };

const at = (timestamp: number, ...messages: string[]) => messages.map((message) => ({ timestamp, message }));

const read = (blocks: readonly EventBlock[]) =>
  blocks.flatMap(eventsIn).map(({ eventId, timestamp, message }) => ({ eventId, timestamp, message }));

describe('blocks of events', () => {
  const long = 'x'.repeat(262_144);
  test.each([
    ['one event', ['a line\n']],
    ['several', ['a', 'bc', 'def']],
    ['empty messages', ['', 'a', '', '', 'b', '']],
    ['only empty messages', ['', '']],
    ['halves of a character at the ends', ['a\ud83d', '\ude00b', '\udc00', '\ud800']],
    ['characters of several bytes', ['ü', '€', '😀', '\u0000']],
    ['the longest lines', ['a', long, 'b', long, '']],
    ['many', Array.from({ length: 5000 }, (_, i) => `line ${i}`)],
  ])('return the events as they were put: %s', (_, messages) => {
    const blocks = blocksOf(at(1000, ...messages), about, 7);
    const written = messages.map((message, i) => ({
      eventId: eventId(1000, 8 + i),
      timestamp: 1000,
      message,
    }));
    expect(read(blocks)).toEqual(written);
    // As they are on a disk.
    expect(read(JSON.parse(JSON.stringify(blocks)))).toEqual(written);
  });

  test('have the names of the group and the stream, and the time of arrival', () => {
    const [event] = blocksOf(at(1000, 'a', 'b'), about, 0).flatMap(eventsIn);
    expect([event?.logStreamName, event?.ingestionTime]).toEqual(['stream', 9]);
  });

  test('are few when the events have the same timestamp, and of limited size', () => {
    const events = at(1000, ...Array(10_000).fill('a line\n'));
    expect(blocksOf(events, about, 0).length).toBeLessThan(50);
    const large = blocksOf(at(1000, ...Array(10).fill('x'.repeat(20_000))), about, 0);
    expect(large.map(({ message }) => message.length)).toEqual(Array(10).fill(20_000));
  });

  test('do not mix with other blocks, whatever the timestamps are', () => {
    const first = blocksOf([...at(5, 'c', 'd'), ...at(6, 'f')], about, 0);
    const second = blocksOf([...at(4, 'a', 'b'), ...at(5, 'e'), ...at(7, 'g')], about, 3);
    const inOrder = [...first, ...second].sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
    expect(
      read(inOrder)
        .map(({ message }) => message)
        .join(''),
    ).toBe('abcdefg');
    const ids = read(inOrder).map(({ eventId }) => eventId);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test.each(['a', 'ab', 'abcde'])('are divided at any id: %s', (text) => {
    const [block] = blocksOf(at(1000, ...text), about, 7) as [EventBlock];
    const events = eventsIn(block);
    const ids = [
      ...events.map(({ eventId }) => eventId),
      eventId(1000, 0),
      eventId(999, 9),
      eventId(1001, 0),
    ];
    for (const from of [...ids, undefined]) {
      for (const before of [...ids, undefined]) {
        const isIn = ({ eventId: id }: { eventId: string }) =>
          (from === undefined || id >= from) && (before === undefined || id < before);
        const wanted = events.filter(isIn).map(({ message }) => message);
        if (wanted.length === 0) continue;
        const range = { ...(from !== undefined && { from }), ...(before !== undefined && { before }) };
        const [first, end] = indexesIn(block, range);
        expect(events.slice(first, end).map(({ message }) => message)).toEqual(wanted);
      }
    }
  });
});

test('an event that an earlier version has written is a block of one', () => {
  const kept = { ...about, eventId: eventId(1000, 4), timestamp: 1000, message: 'a line' };
  expect(read([kept])).toEqual([{ eventId: eventId(1000, 4), timestamp: 1000, message: 'a line' }]);
});
