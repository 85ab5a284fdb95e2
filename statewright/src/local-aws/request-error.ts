/** A request that cannot be read or has an invalid value; each service has its own error codes for these. */
export class RequestError extends Error {
  constructor(
    readonly kind: 'unreadable' | 'invalid',
    message: string,
  ) {
    super(message);
  }
}

/** AWS's message for members that do not satisfy their constraints. */
export const validationErrors = (violations: readonly string[]) =>
  `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected: ${violations.join('; ')}`;

/** AWS's description of a violation; an undefined value is left out. */
export const violationText = (value: unknown, place: string, constraint: string) =>
  `Value ${value === undefined ? '' : `'${value}' `}at '${place}' failed to satisfy constraint: ${constraint}`;

/** The error for missing members. */
export const missingMembers = (places: readonly string[]) =>
  new RequestError(
    'invalid',
    validationErrors(
      places.map((place) => `Value null at '${place}' failed to satisfy constraint: Member must not be null`),
    ),
  );

/** The error for a value of the wrong type, such as `STRING_VALUE can not be converted to a List`. */
export function wrongType(value: unknown, place: string, type: string): RequestError {
  const kind = Array.isArray(value)
    ? 'LIST'
    : value === null
      ? 'NULL'
      : typeof value === 'object'
        ? 'STRUCTURE'
        : (typeof value).toUpperCase();
  const at = place === '' ? '' : ` at '${place}'`;
  return new RequestError('unreadable', `${kind}_VALUE can not be converted to a ${type}${at}`);
}
