/** The tools of the MCP server: what a language model reads about them, and the types of their arguments and results. */
import * as z from './sdk';

const jsonObject = z.record(z.string(), z.unknown());

/** Each type by its name: without types, some models write a value as text. */
const json = z.union([jsonObject, z.array(z.unknown()), z.string(), z.number(), z.boolean(), z.null()]);

const input = (of: string) =>
  json
    .optional()
    .describe(
      `The input of the ${of}: any JSON value, or the JSON text of an object or a list (default: {})`,
    );

const machine = {
  definition: z
    .union([jsonObject, z.string()])
    .optional()
    .describe('The definition in the Amazon States Language: an object, or text in JSON or YAML'),
  path: z
    .string()
    .optional()
    .describe(
      'In place of `definition`, a file of the project: a definition (*.asl.json, *.asl.yaml), a CloudFormation or SAM template, or a file of a Terraform project, such as cdktf.out/stacks/NAME/cdk.tf.json or main.tf',
    ),
  type: z
    .enum(['STANDARD', 'EXPRESS'])
    .optional()
    .describe('The type of the state machine (default: what the file says, or STANDARD)'),
  substitutions: z
    .record(z.string(), z.string())
    .optional()
    .describe('Values for placeholders in the text, and for parameters of a template, by name'),
};

const oneMachine = {
  ...machine,
  stateMachine: z
    .string()
    .optional()
    .describe('The name of the state machine, if the file has more than one'),
};

const states = z
  .array(z.string())
  .optional()
  .describe('Names of states: the result has the visits of these alone');

const history = z
  .union([jsonObject, z.string()])
  .describe(
    'A recorded execution: a file of the project, or the output of `aws stepfunctions get-execution-history` as an object or JSON text',
  );

const payload = z
  .unknown()
  .optional()
  .describe('A JSON value. One over 1,000 characters is cut, and is text');

const visit = z.object({
  state: z.string(),
  type: z.string(),
  status: z.enum(['SUCCEEDED', 'FAILED', 'CAUGHT', 'IN_PROGRESS', 'ABORTED']),
  input: payload,
  output: payload,
  error: z.string().optional(),
  cause: z.string().optional(),
  retries: z.number().optional().describe('How often it was retried; missing when it was not'),
  items: z.number().optional().describe('The number of items of a Map'),
  inside: z.string().optional().describe('The Parallel or Map around it, with the index: `Each[2]`'),
});

const execution = {
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
  output: payload,
  error: z.string().optional(),
  cause: z.string().optional(),
  seconds: z.number().describe('The duration in seconds; that of a run is simulated'),
  path: z.string().describe('The states in order: ✓ succeeded, ✗ failed or caught, ↻2 two retries'),
  visits: z.array(visit).describe('The visits of states, in order'),
  omittedVisits: z.number().optional().describe('How many visits in the middle are left out'),
};

const mock = z
  .object({
    result: json.optional().describe('What the call, the branches or the iterations return'),
    errorOutput: z.object({ error: z.string(), cause: z.string().optional() }).optional(),
    fieldValidationMode: z
      .enum(['STRICT', 'PRESENT', 'NONE'])
      .optional()
      .describe("How the result is checked against the service's API (default: STRICT)"),
  })
  .strict();

/** By name. None changes a file, and none calls a service, a function or an AWS account. */
export const TOOLS = {
  validate_definition: {
    title: 'Validate a state machine',
    description:
      "Checks Step Functions state machines with the diagnostics of AWS's ValidateStateMachineDefinition, with line and column. A folder as `path` is searched for definitions and templates: use `.` to list the state machines of the project.",
    input: z.object(machine).strict(),
    output: z.object({
      valid: z.boolean().describe('Whether there is no ERROR'),
      files: z.array(
        z.object({
          file: z.string(),
          stateMachines: z.number().describe('How many the file has'),
          diagnostics: z.array(
            z.object({
              severity: z.enum(['ERROR', 'WARNING']),
              code: z.string(),
              message: z.string(),
              location: z.string().optional().describe('The place in the definition'),
              line: z.number().optional(),
              column: z.number().optional(),
              stateMachine: z.string().optional(),
            }),
          ),
          notices: z.array(z.string()).describe('Placeholders without a value'),
        }),
      ),
    }),
  },
  run_state_machine: {
    title: 'Run a state machine',
    description:
      'Runs one execution of a Step Functions state machine on this machine, in simulated time: a Wait of a day takes no time. Every Task needs a stand-in for what it calls; without one, the error says which to add. Returns the outcome, the path through the states with the input and output of each, and what the Tasks would have sent.',
    input: z
      .object({
        ...oneMachine,
        input: input('execution'),
        standIns: z
          .union([jsonObject, z.string()])
          .optional()
          .describe(
            'What answers in place of functions and services, by the name of a state, of a Lambda function or of a resource such as "sqs:sendMessage": {"result": …} or {"error": "CardDeclined", "cause": "…"}, with "takes" in milliseconds; a list of these answers one call after the other, and repeats the last. Or a JSON file of the project with the same',
          ),
        states,
      })
      .strict(),
    output: z.object({
      stateMachine: z.string(),
      ...execution,
      calls: z
        .array(z.object({ state: z.string(), called: z.string(), input: payload }))
        .describe('What the Tasks sent, in order; retries included'),
      omittedCalls: z.number().optional(),
      notices: z.array(z.string()).optional().describe('Placeholders without a value'),
    }),
  },
  test_state: {
    title: 'Test one state',
    description:
      "Runs one state alone, as AWS's TestState does: what each field makes of the data, the output or the error, and the next state. A Task, a Parallel and a Map need a mock.",
    input: z
      .object({
        ...oneMachine,
        state: z
          .string()
          .optional()
          .describe('The name of the state, at any depth. Not needed if `definition` is a state alone'),
        input: input('state'),
        mock: mock.optional().describe('In place of its work: a result or an errorOutput'),
        variables: jsonObject.optional().describe('The workflow variables, by name'),
        context: jsonObject.optional().describe('The context object; only with a mock'),
        stateConfiguration: z
          .object({
            retrierRetryCount: z.number().int().optional().describe('How many retries there were before'),
            errorCausedByState: z.string().optional(),
            mapIterationFailureCount: z.number().int().optional(),
            mapItemReaderData: json.optional(),
          })
          .strict()
          .optional(),
      })
      .strict(),
    output: z.object({
      status: z.enum(['SUCCEEDED', 'FAILED', 'RETRIABLE', 'CAUGHT_ERROR']),
      output: payload,
      error: z.string().optional(),
      cause: z.string().optional(),
      nextState: z.string().optional(),
      dataFlow: jsonObject.describe(
        'What the fields made of the data, with the names of TestState: afterInputPath, afterParameters, …',
      ),
    }),
  },
  read_history: {
    title: 'Read an execution history',
    description:
      'Reads recorded executions (the output of `aws stepfunctions get-execution-history`, what `statewright pull` wrote, or an execution log) as paths: the states in order, with their inputs, outputs, errors and retries. Much shorter than the events.',
    input: z.object({ history, states }).strict(),
    output: z.object({
      executions: z.array(z.object({ name: z.string(), ...execution })),
      omittedExecutions: z.number().optional(),
    }),
  },
  draw_diagram: {
    title: 'Draw a state machine',
    description:
      'Draws a state machine as text: each state with where it leads, or a Mermaid flowchart. With a history it shows the path of that execution.',
    input: z
      .object({
        ...oneMachine,
        history: history.optional(),
        format: z
          .enum(['text', 'mermaid'])
          .optional()
          .describe('text, for terminals and models (default), or mermaid, for Markdown'),
      })
      .strict(),
    output: z.object({
      stateMachine: z.string(),
      format: z.enum(['text', 'mermaid']),
      diagram: z.string(),
    }),
  },
} as const;

export type ToolName = keyof typeof TOOLS;
export type ToolInput<Name extends ToolName> = z.infer<(typeof TOOLS)[Name]['input']>;
export type ToolOutput<Name extends ToolName> = z.infer<(typeof TOOLS)[Name]['output']>;
export type MachineArguments = z.infer<z.ZodObject<typeof oneMachine>>;
export type ExecutionOutput = z.infer<z.ZodObject<typeof execution>>;
