import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type EnumOf, enumsIn } from './sdk-enums';
import type { Schema } from './sdk-schema';

/** A client of the AWS SDK for JavaScript, version 3. */
export interface SdkClient {
  send(command: object, options: { abortSignal: AbortSignal }): Promise<Record<string, unknown>>;
  readonly middlewareStack: { add(middleware: unknown, options: object): void };
}

/** A package `@aws-sdk/client-…`. */
export interface SdkPackage {
  readonly Client: new (settings: object) => SdkClient;
  /** The operation as the API writes it (`DescribeDBInstances`), found without regard to case; undefined for an unknown one. */
  readonly operation: (name: string) => SdkOperation | undefined;
  /** The allowed values of the members of its structures. */
  readonly enumOf: EnumOf;
  /** The class of the errors that the API does not list. */
  readonly isUnlisted: (error: object) => boolean;
}

export interface SdkOperation {
  readonly name: string;
  readonly Command: new (input: object) => object;
  readonly input: Schema;
  readonly output: Schema;
}

/** A package that is not installed, or is too old. */
export class SdkPackageError extends Error {
  override readonly name = 'SdkPackageError';
}

const packages = new Map<string, SdkPackage>();

/** Loads a package from the user's project, else from where this command is installed. @throws SdkPackageError */
export function loadSdkPackage(name: string): SdkPackage {
  const known = packages.get(name);
  if (known) return known;
  const text = `@aws-sdk/client-${name}`;
  for (const place of [join(process.cwd(), 'package.json'), __filename]) {
    const load = createRequire(place);
    let path: string;
    try {
      path = load.resolve(text);
    } catch {
      continue;
    }
    // The main file is in dist-cjs.
    const loaded = read(text, load(path) as Record<string, unknown>, dirname(dirname(path)));
    packages.set(name, loaded);
    return loaded;
  }
  throw new SdkPackageError(
    `The package ${text} is not installed. Install it: npm install --save-dev ${text}`,
  );
}

function read(text: string, module: Record<string, unknown>, folder: string): SdkPackage {
  const names = Object.keys(module);
  const base = names.find((name) => /^\w+ServiceException$/.test(name) && name !== 'ServiceException');
  const [Client] = names.filter(
    (name) => /^[A-Z]\w*Client$/.test(name) && `${name.slice(0, -6)}ServiceException` === base,
  );
  if (Client === undefined || base === undefined)
    throw new SdkPackageError(`The package ${text} has no client.`);
  const commands = new Map(
    names.flatMap((name) =>
      name.endsWith('Command') ? [[name.slice(0, -7).toLowerCase(), name.slice(0, -7)]] : [],
    ),
  );
  return {
    Client: module[Client] as SdkPackage['Client'],
    operation: (name) => {
      const operation = commands.get(name.toLowerCase());
      if (operation === undefined) return undefined;
      const schema = module[`${operation}$`];
      if (!Array.isArray(schema)) {
        throw new SdkPackageError(
          `The package ${text} is too old: version 3.930 or later is needed. Run: npm install --save-dev ${text}@latest`,
        );
      }
      return {
        name: operation,
        Command: module[`${operation}Command`] as SdkOperation['Command'],
        input: schema[4] as Schema,
        output: schema[5] as Schema,
      };
    },
    enumOf: enumsIn(folder, module),
    isUnlisted: (error) => error.constructor === module[base],
  };
}
