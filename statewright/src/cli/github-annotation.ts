/** An annotation, which GitHub Actions shows next to a line (GitHub Docs, "Workflow commands for GitHub Actions"). */
export function githubAnnotation(
  level: 'error' | 'warning' | 'notice',
  fields: Readonly<Record<string, string | number | undefined>>,
  text: string,
): string {
  const given = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeField(String(value))}`],
  );
  return `::${level} ${given.join(',')}::${escapeText(text)}\n`;
}

/** Prints annotations in GitHub Actions. With --json, standard output is for another program; GitHub reads both. */
export function printAnnotations(annotations: string, { json }: { readonly json: boolean }): void {
  if (process.env.GITHUB_ACTIONS !== 'true') return;
  (json ? process.stderr : process.stdout).write(annotations);
}

const escapeText = (text: string) =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeField = (text: string) => escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
