import { variableReferences } from '../../asl/variable-references';
import { atOnce, type Steps } from '../../steps';
import { Remembered } from '../remembered';
import { OWNED_KEY } from './encryption';
import type { Revision } from './records';

/** The members of a description that come from the definition. */
export function definitionMembers(
  { definition, encryptionConfiguration }: Revision,
  includedData: 'ALL_DATA' | 'METADATA_ONLY' = 'ALL_DATA',
) {
  const references = atOnce(referencesIn(definition));
  const encryption = encryptionConfiguration ?? (isRecent(definition) ? OWNED_KEY : undefined);
  return {
    definition: includedData === 'ALL_DATA' ? definition : '{}',
    ...(Object.keys(references).length > 0 && { variableReferences: references }),
    ...(encryption && { encryptionConfiguration: encryption }),
  };
}

type References = Record<string, string[]>;

const known = new Remembered<References>(100);

/** The variables that each state of a definition reads. The last ones are remembered. */
export function* referencesIn(definition: string): Steps<References> {
  return (
    known.get(definition) ?? rememberReferences(yield* variableReferences(JSON.parse(definition)), definition)
  );
}

/** Remembers variables that were found elsewhere. */
export const rememberReferences = (references: References, definition: string): References =>
  known.set(definition, references);

/**
 * Whether a definition has variables or JSONata. AWS's recorded descriptions of such state machines have the default
 * encryption; those of others, which are older, do not have it.
 */
const isRecent = (definition: string): boolean => /"(?:Assign|QueryLanguage)"/.test(definition);
