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

const known = new Remembered<Record<string, string[]>>(100);

/** The variables that each state of a definition reads. */
export function* referencesIn(definition: string): Steps<Record<string, string[]>> {
  return known.get(definition) ?? known.set(definition, yield* variableReferences(JSON.parse(definition)));
}

/**
 * Whether a definition has variables or JSONata. AWS's recorded descriptions of such state machines have the default
 * encryption; those of others, which are older, do not have it.
 */
const isRecent = (definition: string): boolean => /"(?:Assign|QueryLanguage)"/.test(definition);
