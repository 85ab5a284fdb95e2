/** The functions of JSONata 2.0.6 without `$eval`, and those that Step Functions adds (Developer Guide, "Transforming data with JSONata in Step Functions"). */
export const JSONATA_FUNCTIONS: readonly string[] = `
  string length substring substringBefore substringAfter uppercase lowercase trim pad contains split join match replace
  base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl
  number abs floor ceil round power sqrt random formatNumber formatBase formatInteger parseInteger
  sum max min average boolean not exists
  count append sort reverse shuffle distinct zip
  keys lookup spread merge sift each error assert type
  now millis fromMillis toMillis
  map filter single reduce clone
  partition range hash uuid parse`
  .trim()
  .split(/\s+/);

const NAMES: ReadonlySet<string> = new Set(JSONATA_FUNCTIONS);

/** Whether Step Functions has the function; the name is without `$`. */
export const isJsonataFunction = (name: string): boolean => NAMES.has(name);
