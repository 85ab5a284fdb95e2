import { type Column, renderTable } from '../../../src/cli/terminal';
import { recordingTerminal } from './stand-in';

const columns: readonly Column[] = [
  { title: 'STATE', narrow: 'wrap' },
  { title: 'ERROR', narrow: 'cut middle' },
  { title: 'ENDS', narrow: 'wrap' },
];
const rows = [
  ['Charge', 'DynamoDB.ThrottlingException', 'FAILED in Charge'],
  ['Price the lines', 'any error', 'SUCCEEDED in Done'],
].map((row) => row.map((text) => ({ text })));
const tableAt = (width: number) => renderTable(columns, rows, recordingTerminal({ columns: width }));

test('a table that fits has a line for each row', () => {
  expect(tableAt(80)).toEqual([
    '  STATE            ERROR                         ENDS',
    '  Charge           DynamoDB.ThrottlingException  FAILED in Charge',
    '  Price the lines  any error                     SUCCEEDED in Done',
  ]);
});

test('on a narrow terminal, texts are cut or take several lines, and words stay whole', () => {
  expect(tableAt(34)).toEqual([
    '  STATE      ERROR      ENDS',
    '  Charge     Dyna…ption FAILED in',
    '                        Charge',
    '  Price the  any error  SUCCEEDED',
    '  lines                 in Done',
  ]);
});
