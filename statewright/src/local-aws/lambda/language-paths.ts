/**
 * The variables by which each language finds the content of a function's layers (Lambda Developer Guide, "Layer paths
 * for each Lambda runtime").
 * @param runtime such as `python3.13`
 * @param opt the folder that is `/opt` on AWS
 */
export function languagePaths(runtime: string, opt: string): Readonly<Record<string, string>> {
  const [, language, version = ''] = /^([a-z]+)([\d.]*)/.exec(runtime) ?? [];
  const libraries = { PATH: `/usr/local/bin:/usr/bin:/bin:${opt}/bin`, LD_LIBRARY_PATH: `${opt}/lib` };
  switch (language) {
    case 'nodejs':
      return {
        ...libraries,
        NODE_PATH: `${opt}/nodejs/node${Number.parseInt(version, 10)}/node_modules:${opt}/nodejs/node_modules`,
      };
    case 'python':
      return { ...libraries, PYTHONPATH: `${opt}/python/lib/python${version}/site-packages:${opt}/python` };
    case 'ruby':
      return { ...libraries, RUBYLIB: `${opt}/ruby/lib`, GEM_PATH: `${opt}/ruby/gems/${version}.0` };
    case 'java':
      return { ...libraries, CLASSPATH: `${opt}/java/lib/*` };
    default:
      return libraries;
  }
}
