import { ownField } from '../asl/graph';
import { parseResource } from '../asl/resource';
import { invalidJson } from '../json-fault';
import { type Answer, AnswerError, type Reply } from './answers';
import type { Call } from './call';
import type { TestExecution } from './test-execution';
import type { Workflow } from './workflow';

/**
 * Answers `states:startExecution` by running another workflow with the `Input` of the call: with `.sync` and `.sync:2`
 * the result is how that execution ended, in Step Functions' format, and one that did not succeed fails the Task
 * with `States.TaskFailed` (Step Functions Developer Guide, "Start a new execution from a running execution").
 */
export function runs(workflow: Workflow): Answer {
  return {
    begin: () => async (call) => {
      const execution = await workflow.run(inputOf(call));
      return { ...replyOf(call.resource, workflow, execution), execution };
    },
  };
}

/** Reads the Input, which is a value or JSON text. @throws AnswerError for any other text */
function inputOf({ input }: Call): unknown {
  const given = ownField(input, 'Input');
  if (typeof given !== 'string') return given;
  const problem = invalidJson("The Task's Input", given);
  if (problem) throw new AnswerError(problem);
  return JSON.parse(given);
}

function replyOf(resource: string, workflow: Workflow, execution: TestExecution): Reply {
  const { executionArn, path, status, error, cause, duration } = execution;
  const started = { ExecutionArn: executionArn, StartDate: path.startedAt };
  const called = parseResource(resource);
  if (called.kind !== 'integration' || called.pattern !== 'sync') return { output: started };
  // .sync returns payloads as text, .sync:2 as values.
  const payload = (value: unknown) => (called.suffix === '.sync' ? JSON.stringify(value) : value);
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
