import { parseFunctionName } from '../../../asl/resource';
import type { Account } from '../../account';
import type { LambdaService } from '../../lambda/lambda-service';
import type { LambdaInvoker } from '../../step-functions/dependencies';
import { unlessMissing } from './updates';

const STARTS = /^Execution(?:Started|Redriven)$/;
const ENDS = /^Execution(?:Succeeded|Failed|TimedOut|Aborted)$/;

/** A version that was published for running executions. */
interface KeptVersion {
  readonly lambda: LambdaService;
  readonly functionName: string;
  readonly version: string;
  /** The executions that still call it. */
  readonly users: Set<string>;
  /** Whether it was published for them, and not by the stack. */
  readonly isOwn: boolean;
}

/**
 * Executions that run while a function changes continue to call the function that they started with: it is published as
 * a version, which is deleted when the last of them has ended.
 */
export class RunningVersions {
  /** The running executions, each with the one that was started: a distributed Map has child executions. */
  readonly #running = new Map<string, string>();
  readonly #kept: KeptVersion[] = [];
  readonly #heard = new WeakSet<object>();

  /** Listens to the executions of a region. */
  watch({ states }: ReturnType<Account['in']>): void {
    if (this.#heard.has(states)) return;
    this.#heard.add(states);
    states.listen((executionArn, { type }, root) => {
      if (STARTS.test(type)) this.#running.set(executionArn, root);
      if (ENDS.test(type)) this.#ended(executionArn);
    });
  }

  /** What Step Functions calls as Lambda. */
  invoker(lambda: LambdaInvoker): LambdaInvoker {
    return {
      invoke: (request, call) => {
        const { name, qualifier } = parseFunctionName(request.FunctionName);
        const root = this.#running.get(call.executionArn);
        const kept = this.#kept.find(
          ({ functionName, users }) => functionName === name && users.has(root ?? ''),
        );
        const isLatest = qualifier === undefined && request.Qualifier === undefined;
        return lambda.invoke(kept && isLatest ? { ...request, Qualifier: kept.version } : request, call);
      },
    };
  }

  /** Keeps a function for the executions that run now, except for those that have an earlier version of it. */
  keep(lambda: LambdaService, functionName: string): void {
    const users = new Set(this.#running.values());
    for (const kept of this.#kept) {
      if (kept.lambda !== lambda || kept.functionName !== functionName) continue;
      for (const user of kept.users) users.delete(user);
    }
    if (users.size === 0) return;
    const versions = new Set(versionsOf(lambda, functionName));
    const { Version: version } = lambda.publishVersion({ FunctionName: functionName });
    const isOwn = !versions.has(version);
    this.#kept.push({ lambda, functionName, version, users, isOwn });
  }

  #ended(executionArn: string): void {
    const root = this.#running.get(executionArn);
    this.#running.delete(executionArn);
    if (root !== executionArn) return;
    for (const kept of [...this.#kept]) {
      kept.users.delete(root);
      if (kept.users.size > 0) continue;
      this.#kept.splice(this.#kept.indexOf(kept), 1);
      const { lambda, functionName, version, isOwn } = kept;
      if (isOwn)
        unlessMissing(() => lambda.deleteFunction({ FunctionName: functionName, Qualifier: version }));
    }
  }
}

const versionsOf = (lambda: LambdaService, FunctionName: string) =>
  lambda.listVersionsByFunction({ FunctionName }).Versions.map(({ Version }) => Version);
