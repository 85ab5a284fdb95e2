import { ownField } from '../asl/graph';
import type { Answer, Call, Reply } from './answers';
import type { TestExecution } from './test-execution';
import type { Workflow } from './workflow';

/**
 * Answers `states:startExecution` by running another workflow with the `Input` of the call: with `.sync` and `.sync:2`
 * the result is how that execution ended, in the words of Step Functions, and one that did not succeed fails the Task
 * with `States.TaskFailed` (Step Functions Developer Guide, "Start a new execution from a running execution").
 */
export function runs(workflow: Workflow): Answer {
  return {
    begin: () => async (call) => {
      const execution = await workflow.run(inputOf(call));
      return replyOf(call.resource, workflow, execution);
    },
  };
}

/** The Input is a value, or JSON text. */
function inputOf({ input }: Call): unknown {
  const given = ownField(input, 'Input');
  return typeof given === 'string' ? JSON.parse(given) : given;
}

function replyOf(resource: string, workflow: Workflow, execution: TestExecution): Reply {
  const { executionArn, path, status, error, cause, duration } = execution;
  const started = { ExecutionArn: executionArn, StartDate: path.startedAt };
  const mode = /\.sync(:2)?$/.exec(resource);
  if (mode === null) return { output: started };
  // .sync tells of payloads as text, .sync:2 as values.
  const payload = (value: unknown) => (mode[1] === undefined ? JSON.stringify(value) : value);
  const described = {
    ...started,
    Input: payload(execution.input),
    InputDetails: { Included: true },
    Name: executionArn.split(':')[7],
    StateMachineArn: workflow.stateMachineArn,
    Status: status,
    StopDate: path.endedAt,
  };
  const ending = { submitted: started, takes: duration };
  if (status !== 'SUCCEEDED') {
    const Input = JSON.stringify(execution.input);
    return {
      ...ending,
      error: 'States.TaskFailed',
      cause: JSON.stringify({ ...described, Input, Error: error, Cause: cause }),
    };
  }
  return {
    ...ending,
    output: { ...described, Output: payload(execution.output), OutputDetails: { Included: true } },
  };
}
