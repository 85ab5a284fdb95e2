/** What each CSVDelimiter of a ReaderConfig is (Step Functions Developer Guide, "ItemReader"). */
export const CSV_DELIMITERS: Readonly<Record<string, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};
