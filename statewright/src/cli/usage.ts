import { formatDuration } from '../duration';
import type { BilledCalls, FunctionMemory, Usage } from '../verify/costs';
import { costOf, type Prices } from '../verify/costs-in-money';
import type { Option } from './command';
import { counted, type LogLine } from './terminal';

export const pricesOption: Option = {
  type: 'string',
  value: 'FILE',
  description: 'Shows what is billed in money, too: a JSON file with prices and their date',
};

/** What Lambda reports at the end of each call, in the function's log; as text or as JSON. */
const REPORT =
  /^REPORT RequestId: .*\tBilled Duration: (\d+) ms|"type":"platform\.report".*"billedDurationMs":(\d+)/s;

/**
 * The calls that Lambda has reported in the functions' log groups.
 *
 * @param memory of the functions: a report does not name its function, so those in a log group that is not
 * `/aws/lambda/NAME` do not count
 */
export function reportedCalls(logs: readonly LogLine[], memory: FunctionMemory): BilledCalls {
  const calls: Record<string, number[]> = {};
  for (const { logGroup, message } of logs) {
    const [, text, json = text] = REPORT.exec(message) ?? [];
    const name = logGroup.slice('/aws/lambda/'.length);
    if (json === undefined || !Object.hasOwn(memory, name)) continue;
    calls[name] ??= [];
    calls[name].push(Number(json));
  }
  return calls;
}

/** What executions are billed for, in a few words each; with prices, the cost comes last. */
export function usageTexts(usage: Usage, prices?: Prices): readonly string[] {
  const { stateTransitions, express, functions } = usage;
  return [
    ...(express.requests < usage.executions ? [counted(stateTransitions, 'state transition')] : []),
    ...(express.requests > 0
      ? [
          `${counted(express.requests, 'EXPRESS request')}, ${formatDuration(express.billedDuration)} billed, ${amount(express.gbSeconds)} GB-seconds`,
        ]
      : []),
    ...Object.entries(functions).map(
      ([name, { requests, billedDuration, gbSeconds }]) =>
        `Lambda ${name}: ${counted(requests, 'call')}, ${formatDuration(billedDuration)}${gbSeconds === undefined ? '' : `, ${amount(gbSeconds)} GB-seconds`}`,
    ),
    ...(prices ? [costText(usage, prices)] : []),
  ];
}

function costText(usage: Usage, prices: Prices): string {
  const cost = costOf(usage, prices);
  const without = cost.missing.length > 0 ? `; not counted: ${cost.missing.join(', ')}` : '';
  return `${amount(cost.amount)} ${prices.currency} with the prices of ${prices.date}${without}`;
}

/** Three significant digits, also for the price of one execution. */
const amount = (value: number) => String(Number(value.toPrecision(3)));
