import { findFiles } from '../../validation/find-files';
import { renderFindings } from '../../validation/report';
import { type ValidatedFile, validateFiles, validateText } from '../../validation/validate-file';
import { projectPath, sourceOf } from './machine';
import { plain } from './plain';
import type { Work } from './work';

/** AWS's diagnostics about state machines. */
export const validateDefinition: Work<'validate_definition'> = async (args) => {
  const { type, substitutions = {} } = args;
  const source = sourceOf(args);
  const found =
    'text' in source
      ? await validateText(source.text, source.name, substitutions, type)
      : await validateFiles(findFiles([projectPath(source.path)]), substitutions, type);
  const files = typeof args.definition === 'object' ? found.map(withoutPositions) : found;
  return {
    text: renderFindings(files, plain).trimEnd(),
    data: {
      valid: !files.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'ERROR')),
      files: files.map(({ template: _, ...file }) => ({
        ...file,
        diagnostics: [...file.diagnostics],
        notices: [...file.notices],
      })),
    },
  };
};

/** The text of an object has no lines. */
const withoutPositions = (file: ValidatedFile): ValidatedFile => ({
  ...file,
  diagnostics: file.diagnostics.map(({ line: _line, column: _column, ...finding }) => finding),
});
