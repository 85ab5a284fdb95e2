/** What is read in a definition, which can be a megabyte long. What is read once is remembered for a while. */
import { atOnce, type Steps } from '../../steps';
import {
  type DefinitionCheck,
  definitionCheck,
  diagnosis,
  type Kind,
  rememberDiagnosis,
} from './check-definition';
import { rememberCompilation } from './compiled-definition';
import { referencesIn, rememberReferences } from './definition-members';

interface Reader<T> {
  read(definition: string, kind?: Kind): Steps<T>;
  /** Remembers what another thread has read. */
  remember(result: T, definition: string, kind?: Kind): void;
}

const check: Reader<DefinitionCheck> = {
  read: definitionCheck,
  remember: ({ diagnostics, compilation }, definition, kind) => {
    rememberDiagnosis(diagnostics, definition, kind);
    if (compilation) rememberCompilation(compilation, definition);
  },
};
const diagnostics: Reader<DefinitionCheck['diagnostics']> = { read: diagnosis, remember: rememberDiagnosis };
const references: Reader<Record<string, string[]>> = { read: referencesIn, remember: rememberReferences };

export const READERS = { check, diagnostics, references };

/** Which reader reads what. */
export interface Reading {
  readonly reader: keyof typeof READERS;
  readonly definition: string;
  readonly kind?: Kind | undefined;
}

/** The work of another thread. */
export const DEFINITION_WORK = {
  read: ({ reader, definition, kind }: Reading): unknown =>
    atOnce<unknown>(READERS[reader].read(definition, kind)),
};
