import { githubAnnotation } from '../github-annotation';
import { counted, plainText, type Terminal } from '../terminal';
import type { Finding, ValidatedFile } from './validate-file';

/** `states.json:3:5`, which editors and terminals show as a link. */
function placeOf(file: string, { line, column }: Finding): string {
  return line === undefined ? file : `${file}:${line}:${column ?? 1}`;
}

/** The findings as text: a line for each diagnostic, and one for each file without any. Ends with a line break. */
export function renderFindings(files: readonly ValidatedFile[], { paint }: Terminal): string {
  const lines = files.flatMap(({ file, stateMachines, diagnostics, notices }) => [
    ...(diagnostics.length === 0
      ? [`${paint.good('✓')} ${plainText(file)} ${paint.faint(contents(file, stateMachines, files))}`]
      : []),
    ...diagnostics.map((finding) => {
      const { severity, code, message, location, stateMachine } = finding;
      const mark = severity === 'ERROR' ? paint.bad('✗') : paint.warning('!');
      const where = [stateMachine, location].filter(Boolean).join(' ');
      return `${mark} ${plainText(placeOf(file, finding))} ${code}: ${plainText(message)}${where && paint.faint(` (${plainText(where)})`)}`;
    }),
    ...notices.map((notice) => paint.faint(`    ${plainText(notice)}`)),
  ]);
  return [...lines, '', summary(files), ''].join('\n');
}

/** The number of the state machines in a file, and for a template the files of the other definitions. */
function contents(file: string, stateMachines: number, files: readonly ValidatedFile[]): string {
  const others = files.filter(({ template }) => template === file).map((each) => plainText(each.file));
  return [
    ...(stateMachines > 0 || others.length === 0 ? [counted(stateMachines, 'state machine')] : []),
    ...(others.length > 0
      ? [`${stateMachines > 0 ? 'more' : 'definition'} in ${[...new Set(others)].join(', ')}`]
      : []),
  ].join(', ');
}

function summary(files: readonly ValidatedFile[]): string {
  const all = files.flatMap(({ diagnostics }) => diagnostics);
  const machines = files.reduce((sum, { stateMachines }) => sum + stateMachines, 0);
  const named = new Set(files.map(({ file }) => file));
  const errors = all.filter(({ severity }) => severity === 'ERROR').length;
  return `${counted(machines, 'state machine')} in ${counted(named.size, 'file')}: ${counted(errors, 'error')}, ${counted(all.length - errors, 'warning')}`;
}

/** A GitHub annotation for each finding. */
export function renderAnnotations(files: readonly ValidatedFile[]): string {
  return files
    .flatMap(({ file, diagnostics }) =>
      diagnostics.map(({ severity, code, message, location, line, column }) =>
        githubAnnotation(
          severity === 'ERROR' ? 'error' : 'warning',
          { file, line, col: column, title: code },
          location === undefined ? message : `${message} (${location})`,
        ),
      ),
    )
    .join('');
}
