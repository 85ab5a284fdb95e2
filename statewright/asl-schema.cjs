const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

/** Where the types of the Amazon States Language are. */
const FOLDERS = ['src/asl', 'src/asl/state-types'];

/** A docstring, and the declaration or the field after it. */
const DOCUMENTED =
  /\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*(?:export )?(?:(?:interface|type) (\w+)|readonly '?([\w.$]+)'?\??:)/g;
/** A type, until the next declaration of its file. */
const DECLARATION =
  /^(?:export )?(?:interface|type) (\w+)([\s\S]*?)(?=^(?:export )?(?:interface|type|const|function|declare) |(?![\s\S]))/gm;

/**
 * Adds the docstrings of the types to the JSON Schema of a definition, which editors show. A named schema has the name
 * of its type, without the prefix for the query language.
 *
 * @param {object} schema the result of `stateMachineSchema`
 * @returns {object}
 */
exports.withDescriptions = (schema) => {
  const types = readTypes();
  const definitions = Object.entries(schema.definitions).map(([key, definition]) => {
    const [scope, name] = key.split('.');
    const prefix = scope === 'JSONPath' ? 'JsonPath' : 'Jsonata';
    const type = [`${prefix}${name}`, name].find((each) => types.has(each));
    // A field that refers to a template or a value has its own description.
    const isObject = type !== undefined && definition.properties !== undefined;
    return [key, isObject ? describe(definition, type, types) : definition];
  });
  return { ...schema, definitions: Object.fromEntries(definitions) };
};

function describe(definition, type, types) {
  const { doc } = types.get(type);
  const fields = new Map([...fieldsOf(type, types), ...(doc ? [['Type', doc]] : [])]);
  const properties = Object.entries(definition.properties).map(([name, schema]) => {
    const description = fields.get(name);
    // In draft 7, a $ref has no keywords next to it.
    const documented = schema.$ref === undefined ? schema : { allOf: [schema] };
    return [name, description === undefined ? schema : { description, ...documented }];
  });
  return {
    ...(doc && { description: doc }),
    ...definition,
    properties: Object.fromEntries(properties),
  };
}

/** The docstrings of a type's fields, and of those of the types that it consists of. */
function fieldsOf(type, types, seen = new Set()) {
  if (seen.has(type)) return new Map();
  seen.add(type);
  const { fields, parts } = types.get(type);
  return new Map([...parts.flatMap((part) => [...fieldsOf(part, types, seen)]), ...fields]);
}

/** Each type: its docstring, those of its own fields, and the names of the types that it extends or combines. */
function readTypes() {
  const types = new Map();
  for (const folder of FOLDERS) {
    for (const file of readdirSync(join(__dirname, folder))) {
      if (file.endsWith('.ts')) readFile(readFileSync(join(__dirname, folder, file), 'utf8'), types);
    }
  }
  for (const type of types.values()) type.parts = type.parts.filter((part) => types.has(part));
  return types;
}

function readFile(text, types) {
  const docs = new Map();
  for (const [, doc, type] of text.matchAll(DOCUMENTED)) if (type) docs.set(type, sentence(doc));
  for (const [whole, name, content] of text.matchAll(DECLARATION)) {
    const fields = [...whole.matchAll(DOCUMENTED)].flatMap(([, doc, , field]) =>
      field ? [[field, sentence(doc)]] : [],
    );
    const code = content.replace(/\/\*\*[\s\S]*?\*\//g, '');
    // Of an interface, what is before its fields.
    const head = whole.includes('interface') ? code.slice(0, code.indexOf('{')) : code;
    types.set(name, { doc: docs.get(name), fields: new Map(fields), parts: head.match(/\w+/g) ?? [] });
  }
}

const sentence = (doc) =>
  doc
    .replace(/\s*\*?\s+/g, ' ')
    .replace(/ `K`: see `ExactlyOne`\./, '')
    .trim();
