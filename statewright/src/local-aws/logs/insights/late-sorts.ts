import type { Command, NamedField, SortKey } from './commands';
import { malformedQuery } from './query-error';

/**
 * The commands in an order with the same result in which each `sort` is last, or before a `limit`: it then keeps only as many
 * rows as are shown. Neither a filter nor `stats` depends on the order of rows.
 * @throws AwsError MalformedQueryException where a name hides a field that the rows are sorted by
 */
export function withLateSorts(commands: readonly Command[]): readonly Command[] {
  const result: Command[] = [];
  let by: readonly SortKey[] = [];
  const sort = () => {
    if (by.length > 0) result.push({ kind: 'sort', by });
    by = [];
  };
  for (const command of commands) {
    switch (command.kind) {
      case 'sort':
        // A later sort keeps the order of equal rows.
        by = [...command.by, ...by];
        continue;
      case 'stats':
        by = [];
        break;
      case 'limit':
        sort();
        break;
      case 'fields':
      case 'display':
        checkNames(command.fields, by);
        break;
    }
    result.push(command);
  }
  sort();
  return result;
}

function checkNames(fields: readonly NamedField[], by: readonly SortKey[]): void {
  const hidden = fields.find(({ field, name }) => field !== name && by.some((key) => key.field === name));
  if (!hidden) return;
  throw malformedQuery(
    `${hidden.field} as ${hidden.name} has the name of a field that sort uses before: choose another name.`,
  );
}
