/**
 * Terraform references in a definition: the attributes of constructs, which CDKTF writes as `${TfToken[…]}`, and plain
 * ones such as `${aws_lambda_function.charge.arn}`. They are references in every field; any other `${` is plain text.
 */
import { fieldAt, itemAt } from '../asl/location';

/** The start of a plain reference. */
const ROOT = String.raw`\s*(?:aws_\w+|data\.[a-z0-9]+_\w+|module|var|local)(?=[.[])`;
const REFERENCE = String.raw`\$\{(?:TfToken\[[^\]]*\]|${ROOT}(?:\.[\w-]+|\[(?:\d+|\*)\])+\s*)\}`;

/** Doubles what would start a template in Terraform (`${`, `%{`) and is not a reference. */
export function escapeTemplates(text: string): string {
  return text.replace(
    new RegExp(`(${REFERENCE})|[$%]\\{`, 'g'),
    (start, reference?: string) => reference ?? `${start[0]}${start}`,
  );
}

/**
 * A definition with ARNs in place of the references in its `Resource` fields, to be validated before Terraform runs.
 * A Resource that begins with a reference is assumed to be a function's ARN, perhaps with an alias after it.
 */
export function withArns(definition: object): unknown {
  const text = JSON.stringify(definition, (name, value) =>
    name === 'Resource' && typeof value === 'string'
      ? value
          .replace(new RegExp(`^${REFERENCE}`), 'arn:aws:lambda:us-east-1:000000000000:function:reference')
          .replace(new RegExp(REFERENCE, 'g'), 'reference')
      : value,
  );
  return JSON.parse(text);
}

/** The places of texts that begin like a reference but have more than names and numbers: `${var.arns["charge"]}`. */
export function* unreadableReferences(value: unknown, location = ''): Generator<string> {
  if (typeof value === 'string') {
    const rest = value.replace(new RegExp(REFERENCE, 'g'), '');
    if (new RegExp(String.raw`\$\{${ROOT}`).test(rest)) yield location;
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* unreadableReferences(item, itemAt(location, index));
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, content] of Object.entries(value)) {
      yield* unreadableReferences(content, fieldAt(location, name));
    }
  }
}
