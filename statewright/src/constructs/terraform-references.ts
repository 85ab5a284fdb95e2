/**
 * Terraform references in a definition: the attributes of constructs, which CDKTF writes as `${TfToken[…]}`, and plain
 * ones such as `${aws_lambda_function.charge.arn}`. They are references in every field; any other `${` is plain text.
 */

/** The start of a plain reference. */
const ROOT = String.raw`\s*(?:aws_\w+|data\.[a-z0-9]+_\w+|module|var|local)(?=[.[])`;
const REFERENCE = String.raw`\$\{(?:TfToken\[[^\]]*\]|${ROOT}(?:\.[\w-]+|\[(?:\d+|\*)\])+\s*)\}`;

const ONE = new RegExp(REFERENCE);
const EACH = new RegExp(REFERENCE, 'g');
const BETWEEN = new RegExp(`(${REFERENCE})`);
const FIRST = new RegExp(`^${REFERENCE}`);
const REFERENCE_OR_TEMPLATE = new RegExp(`(${REFERENCE})|[$%]\\{`, 'g');
const BEGINNING = new RegExp(String.raw`\$\{${ROOT}`);

/** Doubles what would start a template in Terraform (`${`, `%{`) and is not a reference. */
export function escapeTemplates(text: string): string {
  return text.replace(
    REFERENCE_OR_TEMPLATE,
    (start, reference?: string) => reference ?? `${start[0]}${start}`,
  );
}

/** Whether a text has a reference in it. */
export function hasReference(text: string): boolean {
  return ONE.test(text);
}

/** A text as the literal parts and the references that it is made of. */
export function splitAtReferences(
  text: string,
): { readonly literal: string; readonly isReference: boolean }[] {
  return text
    .split(BETWEEN)
    .map((literal, index) => ({ literal, isReference: index % 2 === 1 }))
    .filter(({ literal }) => literal !== '');
}

/** A text with its plain references written as CDKTF writes tokens, which validation knows. */
export function asTokens(text: string): string {
  if (!text.includes('${')) return text;
  return text.replace(EACH, (reference) =>
    reference.startsWith('${TfToken[') ? reference : `\${TfToken[${reference.slice(2, -1).trim()}]}`,
  );
}

/** What a reference at the start of a Resource means. */
const ARNS = {
  function: 'arn:aws:lambda:us-east-1:000000000000:function:reference',
  activity: 'arn:aws:states:us-east-1:000000000000:activity:reference',
} as const;

/**
 * A Resource with ARNs in place of its references, to be validated before Terraform runs.
 * @param kind what one that begins with a reference is the ARN of; a function's may have an alias after it
 */
export function withArns(resource: string, kind: keyof typeof ARNS): string {
  return resource.replace(FIRST, ARNS[kind]).replace(EACH, 'reference');
}

/** Whether a text has what begins like a reference but has more than names and numbers: `${var.arns["charge"]}`. */
export function isUnreadable(text: string): boolean {
  return BEGINNING.test(text) && BEGINNING.test(text.replace(EACH, ''));
}
