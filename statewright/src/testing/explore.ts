import { isLambdaInvoke, parseFunctionName, parseResource } from '../asl/resource';
import {
  type Exploration,
  type ExploreOptions,
  exploreDefinition,
  type Recorded,
  type Sample,
  type SampledCall,
  samplesOfHistories,
} from '../verify/explore';
import type { Answer, Reply } from './answers';
import type { Call } from './call';
import { checkOptions, type OptionNames } from './options';
import { isLambdaTask, taskStatesOf } from './tasks';
import type { Workflow } from './workflow';

/** Options of `explore`. */
export interface ExplorationOptions extends Pick<ExploreOptions, 'inputs' | 'maxExecutions' | 'maxEvents'> {
  /** Recorded executions, of `readHistories` or of the workflow: their inputs and results are explored. */
  readonly histories?: readonly Recorded[];
}

const OPTIONS: OptionNames<ExplorationOptions> = {
  inputs: true,
  histories: true,
  maxExecutions: true,
  maxEvents: true,
};

/**
 * Explores every error path of a workflow: at every Task each outcome is tried that can happen there. The replacements of
 * the workflow say what a Task can return; a sequence lists results that are possible. Other Tasks return what recorded
 * executions returned, or an example value. Nothing is called.
 *
 * @throws UnknownOptionError
 */
export async function explore(workflow: Workflow, options: ExplorationOptions = {}): Promise<Exploration> {
  checkOptions('explore', options, OPTIONS);
  const { histories = [], inputs, ...limits } = options;
  return exploreDefinition(workflow.definition, {
    ...limits,
    type: workflow.type,
    ...samplesFrom(workflow.definition, (call) => workflow.answerTo(call), histories, inputs),
  });
}

/** The inputs and the samples of an exploration: of stand-ins first, then of histories. */
export function samplesFrom(
  definition: object,
  answerTo: (call: Call) => Answer | undefined,
  histories: readonly Recorded[],
  inputs?: readonly unknown[],
): Pick<ExploreOptions, 'inputs' | 'samples'> {
  const recorded = samplesOfHistories(histories);
  const all = [...(inputs ?? []), ...recorded.inputs];
  const callOf = callsOf(definition);
  return {
    ...(all.length > 0 && { inputs: all }),
    samples: (sampled) => {
      const call = callOf(sampled);
      const answer = answerTo(call);
      return answer === undefined ? recorded.samples(sampled) : samplesOf(answer, call);
    },
  };
}

/** Makes the calls that stand-ins see: a function sees its event. */
function callsOf(definition: object): (call: SampledCall) => Call {
  const tasks = new Map(taskStatesOf(definition).map((task) => [task.state, task]));
  return ({ state, resource, input }) => {
    const call = { state, resource, input, retryCount: 0, roleArn: '' };
    if (!isLambdaTask(resource)) return call;
    const task = tasks.get(state);
    if (!isLambdaInvoke(parseResource(resource)))
      return { ...call, ...(task?.lambda && { lambda: task.lambda }) };
    const { FunctionName = '', Payload = {} } = (input ?? {}) as Readonly<Record<string, unknown>>;
    const { name, qualifier } = parseFunctionName(String(FunctionName));
    return { ...call, input: Payload, lambda: name, ...(qualifier !== undefined && { qualifier }) };
  };
}

/** After so many equal answers, an answer is taken to repeat itself. */
const EQUAL = 3;
const MAX_SAMPLES = 20;

/** The different answers that a stand-in gives to a call. */
function samplesOf(answer: Answer, call: Call): readonly Sample[] | Promise<readonly Sample[]> {
  const next = answer.begin();
  const found = new Map<string, Sample>();
  let last = '';
  let equal = 0;
  const isEnough = (reply: Reply): boolean => {
    const text = JSON.stringify('error' in reply ? [reply.error, reply.cause] : reply.output) ?? 'null';
    equal = text === last ? equal + 1 : 1;
    last = text;
    // One that never answers is no sample: that a Task gets no answer is explored anyway.
    if (reply.takes !== Number.POSITIVE_INFINITY) found.set(text, sampleOf(reply, answer, call));
    return equal >= EQUAL || found.size >= MAX_SAMPLES;
  };
  for (;;) {
    const reply = next(call);
    if ('then' in reply) return drawAll(reply, () => next(call), isEnough).then(() => [...found.values()]);
    if (isEnough(reply)) return [...found.values()];
  }
}

async function drawAll(
  first: Promise<Reply>,
  next: () => Reply | Promise<Reply>,
  isEnough: (reply: Reply) => boolean,
): Promise<void> {
  for (let reply = await first; !isEnough(reply); ) reply = await next();
}

function sampleOf(reply: Reply, answer: Answer, { resource }: Call): Sample {
  if ('error' in reply) return { error: reply.error, cause: reply.cause };
  const isWhole = answer.isTaskResult && isLambdaInvoke(parseResource(resource));
  return { result: isWhole ? (reply.output as { readonly Payload?: unknown })?.Payload : reply.output };
}
