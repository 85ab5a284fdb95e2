import { awsErrorOf } from '../context';
import {
  logGroupArn,
  machineArn,
  machineRole,
  passing,
  statesHarness,
  trustPolicy,
  waiting,
} from './harness';

const logging = (more: object = {}) => ({
  level: 'ALL',
  includeExecutionData: true,
  destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
  ...more,
});

describe('CreateStateMachine', () => {
  test('a state machine is described as it was created, with its exact definition', () => {
    const { states, create } = statesHarness();
    const definition = `  ${passing}\n`;
    expect(create(definition, { loggingConfiguration: logging() })).toEqual({
      stateMachineArn: machineArn,
      creationDate: new Date(Date.UTC(2024, 0, 1)),
    });
    expect(states.describeStateMachine({ stateMachineArn: machineArn })).toEqual({
      stateMachineArn: machineArn,
      name: 'state',
      status: 'ACTIVE',
      definition,
      roleArn: machineRole,
      type: 'STANDARD',
      creationDate: new Date(Date.UTC(2024, 0, 1)),
      loggingConfiguration: logging(),
      tracingConfiguration: { enabled: false },
    });
  });

  test('the same request again returns the same answer; another one with the name is refused', async () => {
    const { create, iam, states } = statesHarness();
    const first = create(passing);
    expect(create(passing)).toEqual(first);
    iam.createRole({ RoleName: 'other', AssumeRolePolicyDocument: trustPolicy('states.amazonaws.com') });
    const otherRole = machineRole.replace('machine', 'other');
    expect(create(passing, { roleArn: otherRole, tags: [{ key: 'a', value: 'b' }] })).toEqual(first);
    expect(states.describeStateMachine({ stateMachineArn: machineArn }).roleArn).toBe(machineRole);
    expect(states.listTagsForResource({ resourceArn: machineArn }).tags).toEqual([]);
    expect(await awsErrorOf(() => create(waiting))).toBe(
      `StateMachineAlreadyExists: State Machine Already Exists: '${machineArn}'`,
    );
    expect(await awsErrorOf(() => create(passing, { type: 'EXPRESS' }))).toMatch(
      /^StateMachineAlreadyExists/,
    );
  });

  test.each<[string, string, object, string | RegExp]>([
    [
      'a definition that is not JSON',
      'not a definition',
      {},
      "InvalidDefinition: Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)\"not a definition\"; line: 1, column: 4] at [Source: (String)\"not a definition\"; line: 1, column: 4]'",
    ],
    [
      'an empty definition',
      '',
      {},
      "ValidationException: 1 validation error detected: Value at 'definition' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'a definition that is a list',
      '[]',
      {},
      "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object'",
    ],
    [
      'a missing target state',
      passing.replace('"End":true', '"Next":"Nowhere"'),
      {},
      /^InvalidDefinition: .*MISSING_TRANSITION_TARGET: Missing 'Next' target: Nowhere at \/States\/Only\/Next/,
    ],
    ['a name with a space', passing, { name: 'a b' }, "InvalidName: Invalid Name: 'a b'"],
    ['a name with a wildcard', passing, { name: 'a*' }, "InvalidName: Invalid Name: 'a*'"],
    [
      'a name too long',
      passing,
      { name: 'x'.repeat(81) },
      /^ValidationException: 1 validation error detected: Value 'x+' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80$/,
    ],
    ['a role that is not an ARN', passing, { roleArn: 'machine' }, "InvalidArn: Invalid Role Arn: 'machine'"],
    [
      'a role that does not exist',
      passing,
      { roleArn: `${machineRole}2` },
      'AccessDeniedException: Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
    ],
    [
      'a version description without a version',
      passing,
      { versionDescription: 'x' },
      'ValidationException: Version description can only be set when publish is true',
    ],
    [
      'logs without a group',
      passing,
      { loggingConfiguration: { level: 'ALL' } },
      'InvalidLoggingConfiguration: Invalid Logging Configuration: Must specify exactly one Log Destination.',
    ],
    [
      'logs to a group that does not exist',
      passing,
      {
        loggingConfiguration: logging({
          destinations: [
            { cloudWatchLogsLogGroup: { logGroupArn: logGroupArn.replace('state:*', 'other:*') } },
          ],
        }),
      },
      'InvalidLoggingConfiguration: Invalid Logging Configuration: Log Destination not found.',
    ],
    [
      'a definition too long',
      passing.padEnd(1_048_577),
      {},
      "ValidationException: 1 validation error detected: Value at 'definition' failed to satisfy constraint: Member must have length less than or equal to 1048576",
    ],
    [
      'a tag without a key',
      passing,
      { tags: [{ key: '' }] },
      "ValidationException: 1 validation error detected: Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'a description too long',
      passing,
      { publish: true, versionDescription: 'x'.repeat(257) },
      "ValidationException: 1 validation error detected: Value at 'versionDescription' failed to satisfy constraint: Member must have length less than or equal to 256",
    ],
  ])('refused: %s', async (_, definition, more, error) => {
    expect(await awsErrorOf(() => statesHarness().create(definition, more))).toMatch(error);
  });

  test('the encryption is stored, changed and returned', async () => {
    const { create, states } = statesHarness();
    const owned = { type: 'AWS_OWNED_KEY' } as const;
    const key = { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: 'alias/k' } as const;
    create(passing, { encryptionConfiguration: owned });
    const shown = () => states.describeStateMachine({ stateMachineArn: machineArn }).encryptionConfiguration;
    expect(shown()).toEqual(owned);
    states.updateStateMachine({ stateMachineArn: machineArn, encryptionConfiguration: key });
    states.updateStateMachine({ stateMachineArn: machineArn, definition: waiting });
    expect(shown()).toEqual(key);
    const started = states.startExecution({ stateMachineArn: machineArn });
    expect(states.describeStateMachineForExecution(started).encryptionConfiguration).toEqual(key);
    for (const refused of [{ ...owned, kmsKeyId: 'k' }, { type: key.type }]) {
      expect(
        await awsErrorOf(() => create(passing, { name: 'other', encryptionConfiguration: refused })),
      ).toMatch(/^InvalidEncryptionConfiguration: Invalid Encryption Configuration: kms/);
    }
  });

  test('the role must trust Step Functions, with the conditions against the confused deputy', async () => {
    const { iam, create } = statesHarness();
    const withTrust = (document: string) => {
      iam.updateAssumeRolePolicy({ RoleName: 'machine', PolicyDocument: document });
      return awsErrorOf(() => create(passing)).catch(() => 'created');
    };
    const condition = (account: string) => ({
      Condition: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': machineArn },
      },
    });
    expect(await withTrust(trustPolicy('lambda.amazonaws.com'))).toMatch(/^AccessDeniedException/);
    expect(await withTrust(trustPolicy('states.amazonaws.com', condition('210987654321')))).toMatch(
      /^AccessDenied/,
    );
    expect(await withTrust(trustPolicy('states.amazonaws.com', condition('123456789012')))).toBe('created');
    expect(await withTrust(trustPolicy('states.us-east-1.amazonaws.com'))).toBe('created');
  });

  test('the role must be allowed to deliver logs', async () => {
    const { iam, create } = statesHarness();
    iam.deleteRolePolicy({ RoleName: 'machine', PolicyName: 'permissions' });
    expect(await awsErrorOf(() => create(passing, { loggingConfiguration: logging() }))).toBe(
      'AccessDeniedException: The state machine IAM Role is not authorized to access the Log Destination',
    );
  });
});

describe('UpdateStateMachine', () => {
  test('missing members stay unchanged', () => {
    const { states, create } = statesHarness();
    create(passing, { loggingConfiguration: logging(), tracingConfiguration: { enabled: true } });
    const { revisionId } = states.updateStateMachine({ stateMachineArn: machineArn, definition: waiting });
    expect(states.describeStateMachine({ stateMachineArn: machineArn })).toMatchObject({
      definition: waiting,
      roleArn: machineRole,
      loggingConfiguration: logging(),
      tracingConfiguration: { enabled: true },
      revisionId,
    });
  });

  test('tracing without `enabled` is off, because SDKs may leave out a false', () => {
    const { create, states } = statesHarness();
    create(passing, { tracingConfiguration: { enabled: true } });
    const enabled = () =>
      states.describeStateMachine({ stateMachineArn: machineArn }).tracingConfiguration.enabled;
    states.updateStateMachine({ stateMachineArn: machineArn, definition: waiting });
    expect(enabled()).toBe(true);
    states.updateStateMachine({ stateMachineArn: machineArn, tracingConfiguration: {} });
    expect(enabled()).toBe(false);
  });

  test('an update that changes nothing keeps the revision', () => {
    const { states, create } = statesHarness();
    create(passing);
    const first = states.updateStateMachine({ stateMachineArn: machineArn, definition: waiting });
    const second = states.updateStateMachine({ stateMachineArn: machineArn, definition: waiting });
    expect(second.revisionId).toBe(first.revisionId);
  });

  test.each<[string, object, string | RegExp]>([
    [
      'nothing',
      {},
      'MissingRequiredParameter: Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    ],
    ['a bad definition', { definition: '{}' }, /^InvalidDefinition/],
    [
      'a state machine that does not exist',
      { stateMachineArn: `${machineArn}2` },
      `StateMachineDoesNotExist: State Machine Does Not Exist: '${machineArn}2'`,
    ],
    ['not an ARN', { stateMachineArn: 'state' }, "InvalidArn: Invalid Arn: 'Invalid ARN prefix: state'"],
  ])('refused: %s', async (_, more, error) => {
    const { states, create } = statesHarness();
    create(passing);
    expect(
      await awsErrorOf(() => states.updateStateMachine({ stateMachineArn: machineArn, ...more })),
    ).toMatch(error);
  });
});

describe('versions', () => {
  test('a version keeps its definition; numbers count up; the newest comes first', () => {
    const { states, create } = statesHarness();
    expect(create(passing, { publish: true, versionDescription: 'first' })).toMatchObject({
      stateMachineVersionArn: `${machineArn}:1`,
    });
    states.updateStateMachine({ stateMachineArn: machineArn, definition: waiting, publish: true });
    expect(states.describeStateMachine({ stateMachineArn: `${machineArn}:1` })).toMatchObject({
      stateMachineArn: `${machineArn}:1`,
      definition: passing,
      description: 'first',
    });
    const versions = () =>
      states
        .listStateMachineVersions({ stateMachineArn: machineArn })
        .stateMachineVersions.map((version) => version.stateMachineVersionArn);
    expect(versions()).toEqual([`${machineArn}:2`, `${machineArn}:1`]);
    states.deleteStateMachineVersion({ stateMachineVersionArn: `${machineArn}:2` });
    expect(versions()).toEqual([`${machineArn}:1`]);
    expect(states.publishStateMachineVersion({ stateMachineArn: machineArn }).stateMachineVersionArn).toBe(
      `${machineArn}:3`,
    );
  });

  test('publishing an older revision is a conflict', async () => {
    const { states, create } = statesHarness();
    create(passing);
    const { revisionId } = states.updateStateMachine({ stateMachineArn: machineArn, definition: waiting });
    const { revisionId: newest } = states.updateStateMachine({
      stateMachineArn: machineArn,
      definition: passing,
    });
    expect(
      await awsErrorOf(() =>
        states.publishStateMachineVersion({ stateMachineArn: machineArn, revisionId: revisionId ?? '' }),
      ),
    ).toBe(
      `ConflictException: Failed to publish the State Machine version for revision ${revisionId}. The current State Machine revision is ${newest}.`,
    );
  });
});

test('state machines are listed by name, in pages', async () => {
  const { states, create } = statesHarness();
  for (const name of ['c', 'a', 'b']) create(passing, { name });
  const first = states.listStateMachines({ maxResults: 2 });
  expect(first.stateMachines.map(({ name }) => name)).toEqual(['a', 'b']);
  const { nextToken } = first as { nextToken: string };
  expect(states.listStateMachines({ maxResults: 2, nextToken })).toEqual({
    stateMachines: [expect.objectContaining({ name: 'c', type: 'STANDARD' })],
  });
  expect(await awsErrorOf(() => states.listStateMachines({ nextToken: 'x' }))).toBe(
    "InvalidToken: Invalid Token: 'Invalid token'",
  );
  expect(await awsErrorOf(() => states.listStateMachines({ maxResults: 1001 }))).toBe(
    "ValidationException: 1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
  );
});

test('deleting takes until running executions have ended, also deletes them, and may be repeated', async () => {
  const { states, create } = statesHarness();
  create(waiting);
  const { executionArn } = states.startExecution({ stateMachineArn: machineArn });
  expect(states.deleteStateMachine({ stateMachineArn: machineArn })).toEqual({});
  expect(states.deleteStateMachine({ stateMachineArn: machineArn })).toEqual({});
  expect(states.describeStateMachine({ stateMachineArn: machineArn }).status).toBe('DELETING');
  const refusal = `StateMachineDeleting: State Machine is being deleted: '${machineArn}'`;
  expect(await awsErrorOf(() => create(passing))).toBe(refusal);
  expect(await awsErrorOf(() => states.startExecution({ stateMachineArn: machineArn }))).toBe(refusal);

  await states.stopExecution({ executionArn });
  await new Promise(setImmediate);
  expect(await awsErrorOf(() => states.describeStateMachine({ stateMachineArn: machineArn }))).toBe(
    `StateMachineDoesNotExist: State Machine Does Not Exist: '${machineArn}'`,
  );
  expect(await awsErrorOf(() => states.describeExecution({ executionArn }))).toBe(
    `ExecutionDoesNotExist: Execution Does Not Exist: '${executionArn}'`,
  );
  create(passing);
  expect(states.listExecutions({ stateMachineArn: machineArn }).executions).toEqual([]);
});

test('an execution of a state machine that is being deleted ends at its next transition', async () => {
  const { states, create, context } = statesHarness();
  const started = context.clock.now();
  const rest = (Seconds: number, more: object) => ({ Type: 'Wait', Seconds, ...more });
  create(
    JSON.stringify({
      StartAt: 'Short',
      States: { Short: rest(5, { Next: 'Long' }), Long: rest(3600, { End: true }) },
    }),
  );
  const { executionArn } = states.startExecution({ stateMachineArn: machineArn });
  states.deleteStateMachine({ stateMachineArn: machineArn });
  await expect(states.executionEnded(executionArn)).rejects.toThrow('Execution Does Not Exist');
  expect(context.clock.now() - started).toBe(5000);
});

test('an ARN of something else is refused, also where a missing state machine is not an error', async () => {
  const { states } = statesHarness();
  const execution = machineArn.replace(':stateMachine:', ':execution:');
  expect(await awsErrorOf(() => states.deleteStateMachine({ stateMachineArn: 'x' }))).toBe(
    "InvalidArn: Invalid Arn: 'Invalid ARN prefix: x'",
  );
  expect(await awsErrorOf(() => states.listTagsForResource({ resourceArn: execution }))).toBe(
    "InvalidArn: Invalid Arn: 'Resource type not valid in this context: execution'",
  );
  expect(await awsErrorOf(() => states.listTagsForResource({ resourceArn: machineArn }))).toBe(
    `ResourceNotFound: Resource not found: '${machineArn}'`,
  );
});

test('tags are merged and removed', async () => {
  const { states, create } = statesHarness();
  create(passing, { tags: [{ key: 'a', value: '1' }] });
  states.tagResource({
    resourceArn: machineArn,
    tags: [
      { key: 'b', value: '2' },
      { key: 'a', value: '3' },
    ],
  });
  states.untagResource({ resourceArn: machineArn, tagKeys: ['b', 'c'] });
  expect(states.listTagsForResource({ resourceArn: machineArn })).toEqual({
    tags: [{ key: 'a', value: '3' }],
  });
  expect(await awsErrorOf(() => states.listTagsForResource({ resourceArn: `${machineArn}:1` }))).toBe(
    `ResourceNotFound: Resource not found: '${machineArn}:1'`,
  );
});

test('a state machine and an activity have 50 tags at most', async () => {
  const { states, create } = statesHarness();
  const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `key-${index}` }));
  const tooMany = (arn: string) => `TooManyTags: Too Many Tags: '${arn}' can have at most 50 tags`;
  expect(await awsErrorOf(() => create(passing, { tags: tags(51) }))).toBe(tooMany(machineArn));
  create(passing, { tags: [...tags(50), { key: 'key-0', value: 'again' }] });
  const tag = (key: string) => states.tagResource({ resourceArn: machineArn, tags: [{ key }] });
  tag('key-49');
  expect(await awsErrorOf(() => tag('another'))).toBe(tooMany(machineArn));
  const activityArn = 'arn:aws:states:us-east-1:123456789012:activity:work';
  expect(await awsErrorOf(() => states.createActivity({ name: 'work', tags: tags(51) }))).toBe(
    tooMany(activityArn),
  );
  expect(states.listActivities().activities).toEqual([]);
});

describe('ValidateStateMachineDefinition', () => {
  test.each<[string, string, object, object]>([
    ['a good definition', passing, {}, { result: 'OK', diagnostics: [], truncated: false }],
    [
      'a list',
      '[]',
      {},
      {
        result: 'FAIL',
        diagnostics: [
          {
            severity: 'ERROR',
            code: 'SCHEMA_VALIDATION_FAILED',
            message: 'Definition must be a valid JSON object',
          },
        ],
        truncated: false,
      },
    ],
    [
      'not JSON',
      'not a definition',
      {},
      {
        diagnostics: [
          {
            severity: 'ERROR',
            code: 'INVALID_JSON_DESCRIPTION',
            message:
              "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)\"not a definition\"; line: 1, column: 4]",
            location: '[Source: (String)"not a definition"; line: 1, column: 4]',
          },
        ],
      },
    ],
    [
      'a name that two states have: JSON.parse would keep the second one',
      '{"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "A": {"Type": "Fail"}}}]}}}',
      {},
      {
        diagnostics: [
          {
            severity: 'ERROR',
            code: 'DUPLICATE_STATE_NAME',
            message: 'Duplicate State name: A',
            location: '/States/P/Branches[0]/States/A',
          },
        ],
      },
    ],
    [
      'a key that a state or its data has twice',
      '{"StartAt": "P", "States": {"P": {"Type": "Pass", "Comment": "a", "Comment": "b", "Result": {"States": {"A": 1, "A": 2}}, "End": true}}}',
      {},
      { result: 'OK', diagnostics: [] },
    ],
    [
      'a placeholder that was not replaced',
      JSON.stringify({
        StartAt: 'A',
        States: { A: { Type: 'Task', Resource: `\${FnArn}`, End: true } },
      }),
      {},
      {
        result: 'FAIL',
        diagnostics: [
          {
            code: 'SCHEMA_VALIDATION_FAILED',
            message: 'Value is not a valid resource ARN',
            location: '/States/A/Resource',
          },
        ],
      },
    ],
    [
      'a missing target',
      passing.replace('"End":true', '"Next":"X"'),
      {},
      {
        result: 'FAIL',
        diagnostics: expect.arrayContaining([
          expect.objectContaining({ code: 'MISSING_TRANSITION_TARGET', location: '/States/Only/Next' }),
        ]),
      },
    ],
  ])('%s', (_, definition, more, answer) => {
    expect(statesHarness().states.validateStateMachineDefinition({ definition, ...more })).toMatchObject(
      answer,
    );
  });
});
