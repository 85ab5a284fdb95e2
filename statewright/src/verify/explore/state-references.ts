import { listAt, objectOf, ownField, type StatePart } from '../../asl/graph';
import { expressionReferences } from './jsonata-references';
import { wholeReference } from './passed-references';
import { jsonPathReferences, type Reference, ruleReferences, templateReferences } from './references';

/** Fields of a JSONPath state with a path, and a value that they accept. */
const PATH_FIELDS: Readonly<Record<string, readonly unknown[]>> = {
  SecondsPath: [1],
  TimestampPath: ['2024-01-01T00:00:10Z'],
  TimeoutSecondsPath: [60],
  HeartbeatSecondsPath: [10],
  MaxConcurrencyPath: [1],
  ToleratedFailureCountPath: [0],
  ToleratedFailurePercentagePath: [0],
  ErrorPath: ['Example'],
  CausePath: ['example'],
};

/** Fields of a JSONata state that need a number or a time. */
const SECONDS: Readonly<Record<string, readonly unknown[]>> = {
  Seconds: [1],
  Timestamp: ['2024-01-01T00:00:10Z'],
  TimeoutSeconds: [60],
  HeartbeatSeconds: [10],
  MaxConcurrency: [1],
};

/** What the fields of a state read, without those of the states inside it. */
export function referencesOf({ content }: StatePart, isJsonata: boolean): Reference[] {
  if (isJsonata) {
    const read = Object.entries(objectOf(content) ?? {})
      .filter(([name]) => !/^(?:Branches|ItemProcessor|Iterator|Catch)$/.test(name))
      .flatMap(([name, value]) => expressionReferences(value, SECONDS[name] ?? []));
    const conditions = listAt({ content, location: '' }, 'Choices').flatMap(({ content: rule }) => {
      const whole = wholeReference(ownField(rule, 'Condition'));
      return whole === undefined ? [] : [{ ...whole, values: [true, false] }];
    });
    return [...read, ...conditions];
  }
  const inputTemplates = [
    ownField(content, 'Parameters'),
    ownField(content, 'ItemSelector'),
    ownField(content, 'Credentials'),
    ownField(ownField(content, 'ItemReader'), 'Parameters'),
    ownField(ownField(content, 'ItemBatcher'), 'BatchInput'),
    ownField(ownField(content, 'ResultWriter'), 'Parameters'),
  ];
  return [
    ...inputTemplates.flatMap((template) => templateReferences(template, 'input')),
    ...templateReferences(ownField(content, 'ResultSelector'), 'result'),
    ...assignReferences(content),
    ...Object.entries(PATH_FIELDS).flatMap(([name, values]) => {
      const path = ownField(content, name);
      return typeof path === 'string' ? jsonPathReferences(path, 'input', values) : [];
    }),
    ...listAt({ content, location: '' }, 'Choices').flatMap(({ content: rule }) => ruleReferences(rule)),
  ];
}

/** In the Assign of a Task, a Parallel and a Map `$` is the result, or what ResultSelector makes of it. */
function assignReferences(content: unknown): Reference[] {
  const hasResult = /^(?:Task|Parallel|Map)$/.test(String(ownField(content, 'Type')));
  const read = templateReferences(ownField(content, 'Assign'), hasResult ? 'result' : 'input');
  const isSelected = ownField(content, 'ResultSelector') !== undefined;
  return isSelected ? read.filter(({ of }) => of !== 'result') : read;
}
