import type { QueryLanguage } from '../../asl';
import { Payload } from '../data';
import { compileDataFlow } from '../data-flow/compile';
import type { Fields } from '../definition/fields';
import { type Attempt, compileAttempts, succeeded } from '../error-handling/attempts';
import { inspected } from '../execution/inspection';
import type { CompiledState, Visit } from '../execution/state';
import { type MaybePromise, then } from '../maybe-promise';
import { callTask } from '../tasks/call-task';
import { targetOf } from '../tasks/resource';
import type { TaskRequest } from '../tasks/running-call';
import { compileTaskLimits } from '../tasks/task-limits';

/** Calls a Lambda function or another service (Amazon States Language, "Task State"). */
export function compileTask(name: string, fields: Fields, language: QueryLanguage): CompiledState {
  const flow = compileDataFlow(fields, language);
  const resource = fields.needText('Resource');
  const target = targetOf(resource);
  const limits = compileTaskLimits(fields, flow);
  const credentials = flow.compileTemplate(fields, 'Credentials');
  const needsToken = target.kind === 'integration' && target.pattern !== 'requestResponse';

  const prepare = (visit: Visit): MaybePromise<TaskRequest> => {
    const effective = flow.effectiveInput(visit);
    return then(flow.workInput(visit, effective), (input) =>
      then(limits(visit, effective), (taskLimits) =>
        then(credentials?.(visit, effective), (values) => {
          const roleArn = values === undefined ? undefined : roleArnOf(values);
          return { resource, target, input, limits: taskLimits, roleArn };
        }),
      ),
    );
  };

  const attempt = (visit: Visit): MaybePromise<Attempt> => {
    visit.taskToken = needsToken ? visit.thread.execution.services.uuid() : undefined;
    return then(prepare(visit), (request) =>
      then(visit.inspection?.mock ?? callTask(visit, request), (result) =>
        'failure' in result
          ? result
          : succeeded(flow, visit, inspected(visit, 'result', Payload.ofText(result.output))),
      ),
    );
  };

  return { name, type: 'Task', retries: true, ...compileAttempts(fields, flow, attempt) };
}

function roleArnOf(credentials: unknown): string | undefined {
  const { RoleArn } = credentials as { readonly RoleArn?: unknown };
  return typeof RoleArn === 'string' ? RoleArn : undefined;
}
