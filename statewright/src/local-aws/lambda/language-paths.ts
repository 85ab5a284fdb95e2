import { join } from 'node:path';

/** Where the parts of a runtime are on this machine. */
export interface RuntimePlaces {
  /** The folder that is `/opt` on AWS; undefined when the function has no layers. */
  readonly opt: string | undefined;
  /** The `node_modules` with the AWS SDK for JavaScript v2. */
  readonly sdkV2: string;
}

/**
 * The variables by which each language finds the content of a function's layers (Lambda Developer Guide, "Layer paths
 * for each Lambda runtime").
 * @param runtime such as `python3.13`
 */
export function languagePaths(runtime: string, { opt, sdkV2 }: RuntimePlaces): Record<string, string> {
  const [, language = '', version = ''] = /^([a-z]+)([\d.]*)/.exec(runtime) ?? [];
  // The last of the runtimes that include version 2.
  const included = language === 'nodejs' && Number.parseInt(version, 10) <= 16 ? [sdkV2] : [];
  if (opt === undefined) return included.length === 0 ? {} : { NODE_PATH: sdkV2 };
  const paths = (...names: string[]) => names.map((name) => join(opt, name));
  const list = (folders: readonly string[]) => folders.join(':');
  const libraries = {
    PATH: list(['/usr/local/bin', '/usr/bin', '/bin', ...paths('bin')]),
    LD_LIBRARY_PATH: list(paths('lib')),
  };
  switch (language) {
    case 'nodejs': {
      const modules = paths(`nodejs/node${Number.parseInt(version, 10)}/node_modules`, 'nodejs/node_modules');
      return { ...libraries, NODE_PATH: list([...modules, ...included]) };
    }
    case 'python':
      return { ...libraries, PYTHONPATH: list(paths(`python/lib/python${version}/site-packages`, 'python')) };
    case 'ruby':
      return {
        ...libraries,
        RUBYLIB: list(paths('ruby/lib')),
        GEM_PATH: list(paths(`ruby/gems/${version}.0`)),
      };
    case 'java':
      return { ...libraries, CLASSPATH: list(paths('java/lib/*')) };
    default:
      return libraries;
  }
}
