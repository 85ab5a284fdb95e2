import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { ConsoleSource } from '../console';
import type { HistoryEvent } from '../history/events';
import type { DeployedResource, DeployedStack } from '../local-aws/deployment';
import type { Value } from '../terraform/value';
import type { EndedExecution } from './machine';

/**
 * Names the user's sources in a text, `handlers/test.ts:8:34`, instead of the bundle, `/var/task/index.js:35:35`.
 *
 * @param logGroup where the text was logged, if it was
 */
type MapText = (text: string, logGroup?: string) => string;

/**
 * For the texts of an execution with these events. This is for people: what programs read (the history, the API's
 * answers) stays as AWS writes it. A function's source map is next to the file that `archive_file` zips, on disk and not
 * in the zip, with `.map` after its name. Without it, nothing is mapped.
 *
 * @param folder the stack's folder
 */
export function textMapper(
  deployment: DeployedStack,
  folder: string,
): (events: readonly HistoryEvent[]) => MapText {
  const functions = functionsOf(deployment, folder);
  return (events) => {
    const failures = failuresIn(events);
    /** A function may log the error of another one, which it handles. */
    const raisedBy = (place: string, writer?: string) => {
      const raisers = failures.filter(({ cause }) => cause.includes(place)).map(({ name }) => name);
      return writer === undefined || (raisers.length > 0 && !raisers.includes(writer)) ? raisers[0] : writer;
    };
    return (text, group) => {
      const writer = functions.find(({ logGroup }) => logGroup === group)?.name;
      return text.replace(
        /(?:file:\/\/)?\/var\/task\/([^\s():]+):(\d+):(\d+)/g,
        (place, file, line, column) => {
          const source = functions.find(
            (each) => each.name === raisedBy(place, writer) && each.file === file,
          );
          return (source && originalPlace(source.map, line, column)) ?? place;
        },
      );
    };
  };
}

/** An execution whose logs and cause name the user's sources. */
export function sourceMapper(
  deployment: DeployedStack,
  folder: string,
): (execution: EndedExecution) => EndedExecution {
  const mapperFor = textMapper(deployment, folder);
  return (execution) => {
    const { events, outcome, logs } = execution;
    const mapped = mapperFor(events);
    return {
      ...execution,
      outcome:
        'cause' in outcome && outcome.cause !== undefined
          ? { ...outcome, cause: mapped(outcome.cause) }
          : outcome,
      logs: logs.map((line) => ({ ...line, message: mapped(line.message, line.logGroup) })),
    };
  };
}

/** The console's data, with log lines that name the user's sources. */
export function withSources(
  source: ConsoleSource,
  mapperFor: (events: readonly HistoryEvent[]) => MapText,
): ConsoleSource {
  const { functions } = source;
  return {
    ...source,
    ...(functions && {
      functions: {
        ...functions,
        log: async (logGroup) => {
          const mapped = mapperFor([]);
          return (await functions.log(logGroup)).map((line) => ({
            ...line,
            message: mapped(line.message, line.logGroup),
          }));
        },
      },
    }),
    invocations: async (executionArn, isWanted) => {
      const [invocations, events] = await Promise.all([
        source.invocations(executionArn, isWanted),
        source.history(executionArn),
      ]);
      const mapped = mapperFor(events);
      return invocations.map((invocation) => ({
        ...invocation,
        events: invocation.events.map((line) => ({ ...line, message: mapped(line.message, line.logGroup) })),
      }));
    },
  };
}

/** A Lambda function whose code has a source map. */
interface MappedFunction {
  readonly name: string;
  readonly logGroup: string;
  /** The bundle's name in the zip, such as `index.js`. */
  readonly file: string;
  readonly map: TraceMap;
}

function functionsOf({ resources, data }: DeployedStack, folder: string): MappedFunction[] {
  const archives = data.filter(({ type }) => type === 'archive_file');
  return resources
    .filter(({ type }) => type === 'aws_lambda_function')
    .flatMap(({ attributes }) => {
      const archive = archives.find((each) => each.attributes.output_path === attributes.filename);
      const map = archive && readMap(archive, folder);
      if (!map) return [];
      const name = String(attributes.function_name);
      const logGroup = logGroupIn(attributes.logging_config) ?? `/aws/lambda/${name}`;
      return [{ name, logGroup, file: basename(String(archive.attributes.source_file)), map }];
    });
}

function readMap({ attributes }: DeployedResource, folder: string): TraceMap | undefined {
  try {
    return new TraceMap(readFileSync(join(folder, `${attributes.source_file}.map`), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Terraform JSON has the block `logging_config` as an object or a list of one. */
function logGroupIn(block: Value | undefined): string | undefined {
  const [config] = [block].flat() as ({ readonly log_group?: string } | null | undefined)[];
  return config?.log_group;
}

/** `handlers/test.ts:8:34`; undefined where the map has no source. Columns count from 0 in a source map. */
function originalPlace(map: TraceMap, line: string, column: string): string | undefined {
  const original = originalPositionFor(map, { line: Number(line), column: Number(column) - 1 });
  return original.source === null ? undefined : `${original.source}:${original.line}:${original.column + 1}`;
}

/** The failed calls of functions, each with the function's name and its error. */
function failuresIn(events: readonly HistoryEvent[]): { readonly name: string; readonly cause: string }[] {
  return events.flatMap((event) => {
    if (event.type !== 'LambdaFunctionFailed' && event.type !== 'TaskFailed') return [];
    let scheduled: HistoryEvent | undefined = event;
    while (scheduled && !scheduled.type.endsWith('Scheduled'))
      scheduled = events[scheduled.previousEventId - 1];
    const [, name] = /:function:([\w-]+)/.exec(JSON.stringify(scheduled ?? {})) ?? [];
    return name === undefined ? [] : [{ name, cause: JSON.stringify(event) }];
  });
}
