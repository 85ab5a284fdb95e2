import { stripVTControlCharacters } from 'node:util';
import {
  deployDefinition,
  functionArn,
  returns,
  sequence,
  type TestExecution,
  throws,
  type Workflow,
} from '../../src/testing';
import { payment } from './machines';

let workflow: Workflow;
let paid: TestExecution;
let declined: TestExecution;
let failed: TestExecution;

beforeAll(async () => {
  workflow = await deployDefinition(payment);
  workflow.replace('Tell', returns({ MessageId: 'm-1' }));
  const run = (...answers: Parameters<typeof sequence>) =>
    workflow.replace('Charge', sequence(...answers)).run({ amount: 5 });
  paid = await run(throws('Busy', 'come back'), returns({ id: 7, at: ['a', 'b'] }));
  declined = await run(throws('Declined', 'no money'));
  failed = await run(throws('Broken', 'pipe'));
});

/** The message of a failed expectation, without colours. */
function messageOf(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return stripVTControlCharacters((error as Error).message);
  }
  throw new Error('The expectation was met.');
}

describe('toHaveSucceededWith', () => {
  test('passes for an equal output, with asymmetric matchers', () => {
    expect(paid).toHaveSucceededWith({ id: 7, at: ['a', 'b'] });
    expect(paid).toHaveSucceededWith({
      id: expect.any(Number),
      at: expect.arrayContaining(['b']),
    });
    expect(paid).toHaveSucceededWith(expect.objectContaining({ id: 7 }));
    expect(paid).not.toHaveSucceededWith({ id: 7 });
    expect(failed).not.toHaveSucceededWith(undefined);
  });

  test('shows the difference and the path', () => {
    expect(
      messageOf(() => expect(paid).toHaveSucceededWith({ id: 8, at: ['a', 'b'] })),
    ).toMatchInlineSnapshot(`
      "expect(execution).toHaveSucceededWith(output)

      - Expected output  - 1
      + Received output  + 1

        Object {
          "at": Array [
            "a",
            "b",
          ],
      -   "id": 8,
      +   "id": 7,
        }

      Path: Charge ×2 → Paid
      Last error: Busy: {"errorType":"Busy","errorMessage":"come back","trace":[]} (in Charge)"
    `);
  });

  test('shows the error of a failed execution', () => {
    expect(messageOf(() => expect(failed).toHaveSucceededWith('ok'))).toMatchInlineSnapshot(`
      "expect(execution).toHaveSucceededWith(output)

      Expected output: "ok"
      The execution FAILED with GaveUp: not paid

      Path: Charge ✗ Broken → GiveUp ✗ GaveUp
      Last error: GaveUp: not paid (in GiveUp)"
    `);
  });

  test('shows the output that was not expected', () => {
    const not = () =>
      expect(declined).not.toHaveSucceededWith({
        MessageId: expect.any(String),
      });
    expect(messageOf(not)).toMatchInlineSnapshot(`
      "expect(execution).not.toHaveSucceededWith(output)

      Expected output: not {"MessageId": Any<String>}

      Path: Charge ✗ Declined → Tell
      Last error: Declined: {"errorType":"Declined","errorMessage":"no money","trace":[]} (in Charge)"
    `);
  });
});

describe('toHaveFailedWith', () => {
  test('a message that is part of the cause of a function', async () => {
    const workflow = await deployDefinition({
      StartAt: 'Charge',
      States: { Charge: { Type: 'Task', Resource: functionArn('Charge'), End: true } },
    });
    const refused = await workflow.replace('Charge', throws('Declined', 'no "money"')).run();
    expect(messageOf(() => expect(refused).toHaveFailedWith('Declined', 'no "money"'))).toContain(
      'The cause contains this text: use a pattern or expect.stringContaining(…).',
    );
    expect(messageOf(() => expect(refused).toHaveFailedWith('Declined', 'other'))).not.toContain(
      'contains this',
    );
  });

  test('passes for the error, and for a cause as text, pattern or matcher', () => {
    expect(failed).toHaveFailedWith('GaveUp');
    expect(failed).toHaveFailedWith('GaveUp', 'not paid');
    expect(failed).toHaveFailedWith(expect.stringMatching(/^Ga/), /paid$/);
    expect(failed).toHaveFailedWith('GaveUp', expect.stringContaining('not'));
    expect(failed).not.toHaveFailedWith('Broken');
    expect(failed).not.toHaveFailedWith('GaveUp', 'not');
    expect(paid).not.toHaveFailedWith('GaveUp');
  });

  test('shows what it expected and how it ended', () => {
    expect(messageOf(() => expect(failed).toHaveFailedWith('Broken', /pip/))).toMatchInlineSnapshot(`
      "expect(execution).toHaveFailedWith(error, cause)

      Expected error: "Broken"
      Expected cause: /pip/
      The execution FAILED with GaveUp: not paid

      Path: Charge ✗ Broken → GiveUp ✗ GaveUp
      Last error: GaveUp: not paid (in GiveUp)"
    `);
    expect(messageOf(() => expect(declined).toHaveFailedWith('Declined'))).toMatchInlineSnapshot(`
      "expect(execution).toHaveFailedWith(error)

      Expected error: "Declined"
      The execution SUCCEEDED with {"MessageId": "m-1"}

      Path: Charge ✗ Declined → Tell
      Last error: Declined: {"errorType":"Declined","errorMessage":"no money","trace":[]} (in Charge)"
    `);
    expect(messageOf(() => expect(failed).not.toHaveFailedWith('GaveUp'))).toMatchInlineSnapshot(`
      "expect(execution).not.toHaveFailedWith(error)

      Expected error: not "GaveUp"
      The execution FAILED with GaveUp: not paid

      Path: Charge ✗ Broken → GiveUp ✗ GaveUp
      Last error: GaveUp: not paid (in GiveUp)"
    `);
  });
});

describe('toHaveVisited', () => {
  test('passes for states in this order, with others between them', () => {
    expect(declined).toHaveVisited('Charge', 'Tell');
    expect(failed).toHaveVisited('GiveUp');
    expect(declined).not.toHaveVisited('Tell', 'Charge');
    expect(declined).not.toHaveVisited('Charge', 'Charge');
    expect(paid).not.toHaveVisited('Tell');
  });

  test('shows the missing states, or that the order is different', () => {
    expect(messageOf(() => expect(paid).toHaveVisited('Charge', 'Tell'))).toMatchInlineSnapshot(`
      "expect(execution).toHaveVisited(...states)

      Expected states: Charge → Tell
      Never visited: Tell

      Path: Charge ×2 → Paid
      Last error: Busy: {"errorType":"Busy","errorMessage":"come back","trace":[]} (in Charge)"
    `);
    expect(messageOf(() => expect(declined).toHaveVisited('Tell', 'Charge'))).toMatchInlineSnapshot(`
      "expect(execution).toHaveVisited(...states)

      Expected states: Tell → Charge
      All of them were visited, but in another order

      Path: Charge ✗ Declined → Tell
      Last error: Declined: {"errorType":"Declined","errorMessage":"no money","trace":[]} (in Charge)"
    `);
    expect(messageOf(() => expect(declined).not.toHaveVisited('Tell'))).toMatchInlineSnapshot(`
      "expect(execution).not.toHaveVisited(...states)

      Expected states: not Tell

      Path: Charge ✗ Declined → Tell
      Last error: Declined: {"errorType":"Declined","errorMessage":"no money","trace":[]} (in Charge)"
    `);
  });

  test('a state that does not exist is an error, with .not too', () => {
    const message = 'The workflow has no state "Chrage". Did you mean "Charge"?';
    expect(() => expect(paid).toHaveVisited('Chrage')).toThrow(message);
    expect(() => expect(paid).not.toHaveVisited('Chrage')).toThrow(message);
  });
});

describe('toHaveInvoked', () => {
  test('passes for calls of a state, a function, a resource; with a number of times and an input', () => {
    expect(paid).toHaveInvoked('Charge');
    expect(paid).toHaveInvoked({ lambda: 'Charge' }, { times: 2 });
    expect(paid).toHaveInvoked(functionArn('Charge'), {
      times: 2,
      with: { amount: expect.any(Number) },
    });
    expect(declined).toHaveInvoked('sqs:sendMessage', {
      with: { QueueUrl: 'customers', MessageBody: 'Declined' },
    });
    expect(paid).toHaveInvoked('Tell', { times: 0 });
    expect(paid).not.toHaveInvoked('Tell');
    expect(paid).not.toHaveInvoked('Charge', { times: 1 });
    expect(paid).not.toHaveInvoked('Charge', { with: { amount: 6 } });
  });

  test('shows the real calls', () => {
    expect(messageOf(() => expect(paid).toHaveInvoked('Charge', { times: 1 }))).toMatchInlineSnapshot(`
      "expect(execution).toHaveInvoked(target, calls)

      Expected: 1 call of "Charge"
      Received: 2 calls
        1. from Charge: {"amount": 5}
        2. from Charge: {"amount": 5}

      Path: Charge ×2 → Paid
      Last error: Busy: {"errorType":"Busy","errorMessage":"come back","trace":[]} (in Charge)"
    `);
    expect(
      messageOf(() => expect(paid).toHaveInvoked('Charge', { with: { amount: 6 } })),
    ).toMatchInlineSnapshot(`
      "expect(execution).toHaveInvoked(target, calls)

      Expected: at least one call of "Charge" with {"amount": 6}
      Received: 2 calls, 0 of them with this input
        1. from Charge: {"amount": 5}
        2. from Charge: {"amount": 5}

      Path: Charge ×2 → Paid
      Last error: Busy: {"errorType":"Busy","errorMessage":"come back","trace":[]} (in Charge)"
    `);
    expect(messageOf(() => expect(paid).toHaveInvoked('Tell'))).toMatchInlineSnapshot(`
      "expect(execution).toHaveInvoked(target, calls)

      Expected: at least one call of "Tell"
      Received: 0 calls

      Path: Charge ×2 → Paid
      Last error: Busy: {"errorType":"Busy","errorMessage":"come back","trace":[]} (in Charge)"
    `);
    expect(messageOf(() => expect(paid).not.toHaveInvoked({ state: 'Charge' }))).toMatchInlineSnapshot(`
      "expect(execution).not.toHaveInvoked(target, calls)

      Expected: no call of {"state": "Charge"}
      Received: 2 calls
        1. from Charge: {"amount": 5}
        2. from Charge: {"amount": 5}

      Path: Charge ×2 → Paid
      Last error: Busy: {"errorType":"Busy","errorMessage":"come back","trace":[]} (in Charge)"
    `);
  });

  test('what does not exist is an error, with .not too', () => {
    const message = 'The workflow has no Task or Lambda function "Chrage". Did you mean "Charge"?';
    expect(() => expect(paid).toHaveInvoked('Chrage')).toThrow(message);
    expect(() => expect(paid).not.toHaveInvoked('Chrage')).toThrow(message);
  });
});

test('the path shows what ran inside a Map and a Parallel, and what was aborted', async () => {
  const work = { Type: 'Task', Resource: functionArn('Work'), End: true };
  const nested = await deployDefinition({
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        MaxConcurrency: 1,
        ItemProcessor: { StartAt: 'Work', States: { Work: work } },
        Next: 'Both',
      },
      Both: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Rest',
            States: { Rest: { Type: 'Wait', Seconds: 60, End: true } },
          },
          {
            StartAt: 'Break',
            States: { Break: { Type: 'Fail', Error: 'Broken' } },
          },
        ],
        End: true,
      },
    },
  });
  const execution = await nested.replace('Work', returns(1)).run([1, 2, 3]);
  expect(messageOf(() => expect(execution).toHaveSucceededWith(1))).toContain(
    'Path: Each [ 3× Work ] → Both [ Rest (aborted) | Break ✗ ] ✗ Broken\n',
  );
});

test('only an execution is accepted', () => {
  expect(() => expect('text').toHaveVisited('Charge')).toThrow(
    'needs the execution that workflow.run returns.',
  );
  expect(() => expect(Promise.resolve(paid)).toHaveVisited('Charge')).toThrow('await workflow.run(…) first');
  // A promise that fails later, as after restore, does not end the process.
  const failing = Promise.reject(new Error('no stand-in'));
  expect(() => expect(failing).toHaveVisited('Charge')).toThrow('await workflow.run(…) first');
});

test('a single call is shown as a difference; of many, the first are listed', async () => {
  const work = await deployDefinition({
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemProcessor: {
          StartAt: 'Work',
          States: {
            Work: { Type: 'Task', Resource: functionArn('Work'), End: true },
          },
        },
        End: true,
      },
    },
  });
  work.replace('Work', returns(1));
  const one = await work.run([{ id: 1, size: 'small' }]);
  expect(
    messageOf(() => expect(one).toHaveInvoked('Work', { with: { id: 1, size: 'big' } })),
  ).toMatchInlineSnapshot(`
    "expect(execution).toHaveInvoked(target, calls)

    Expected: at least one call of "Work" with {"id": 1, "size": "big"}
    Received: 1 call, 0 of them with this input
      1. from Work: {"id": 1, "size": "small"}

    - Expected input  - 1
    + Received input  + 1

      Object {
        "id": 1,
    -   "size": "big",
    +   "size": "small",
      }

    Path: Each [ Work ]"
  `);
  const many = await work.run(Array.from({ length: 25 }, (_, n) => n));
  expect(messageOf(() => expect(many).toHaveInvoked('Work', { times: 2 }))).toMatch(
    / {2}20\. from Work: 19\n {2}… and 5 more\n\nPath: Each \[ 25× Work \]$/,
  );
});

test('an empty expectation is an error, with .not too', () => {
  const loose = expect(paid) as unknown as Record<string, (...values: unknown[]) => void>;
  for (const [matcher, values, message] of [
    ['toHaveVisited', [], 'toHaveVisited(…) needs the names of states, one by one.'],
    ['toHaveVisited', [['Charge']], 'toHaveVisited(…) needs the names of states, one by one.'],
    ['toHaveFailedWith', [], 'toHaveFailedWith(…) needs the name of an error.'],
    ['toHaveInvoked', ['Charge', { time: 2 }], 'takes { times, with }, not time. Did you mean times?'],
    ['toHaveInvoked', ['Charge', 2], 'takes { times, with }, not 2.'],
    [
      'toHaveInvoked',
      ['Charge', { times: 1.5 }],
      '{ times: 1.5 }): times must be a whole number, 0 or more.',
    ],
  ] as const) {
    expect(() => loose[matcher]?.(...values)).toThrow(message);
  }
});
