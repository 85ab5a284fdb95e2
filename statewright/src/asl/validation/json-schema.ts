import type { QueryLanguage } from '../values';

/** A JSON Schema of draft 7. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** Writes the schema of what a check accepts. It may accept more, but never less. */
export type Describe = (at: SchemaPlace) => JsonSchema;

/** A place that a schema is written for: as in `Place`, the query language decides which fields there are. */
export class SchemaPlace {
  constructor(
    readonly language: QueryLanguage,
    readonly machineLanguage: QueryLanguage,
    /** The schemas with names, which refer to each other. */
    readonly definitions: Map<string, JsonSchema>,
  ) {}

  with(language: QueryLanguage): SchemaPlace {
    return new SchemaPlace(language, this.machineLanguage, this.definitions);
  }

  /** A reference to a schema, which is written once: it may contain itself. */
  define(name: string, describe: Describe): JsonSchema {
    const full = this.machineLanguage === this.language ? `${this.language}.${name}` : `mixed.${name}`;
    if (!this.definitions.has(full)) {
      this.definitions.set(full, true);
      this.definitions.set(full, describe(this));
    }
    return { $ref: `#/definitions/${full}` };
  }
}

/** The schema `then` for objects whose field has the value, and `otherwise` for all others (default: any). */
export function whenField(name: string, value: string, then: JsonSchema, otherwise?: JsonSchema): JsonSchema {
  const condition = { properties: { [name]: { const: value } }, required: [name] };
  return { if: condition, then, ...(otherwise !== undefined && { else: otherwise }) };
}

/** Tools such as Terraform and SAM replace `${name}` in a text, so that any text with it is accepted. */
export const PLACEHOLDER = '\\$\\{';

export const orPlaceholder = (pattern: string): string => `${pattern}|${PLACEHOLDER}`;
