/** A request that cannot be read, or has a value that is not allowed; each service has its own codes for these. */
export class RequestError extends Error {
  constructor(
    readonly kind: 'unreadable' | 'invalid',
    message: string,
  ) {
    super(message);
  }
}

/** What AWS says of members that do not satisfy the constraints on them. */
export const validationErrors = (violations: readonly string[]) =>
  `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected: ${violations.join('; ')}`;

/** How AWS describes a violation; the value is left out where it is undefined. */
export const violationText = (value: unknown, place: string, constraint: string) =>
  `Value ${value === undefined ? '' : `'${value}' `}at '${place}' failed to satisfy constraint: ${constraint}`;

/** Members that a request lacks. */
export const missingMembers = (places: readonly string[]) =>
  new RequestError(
    'invalid',
    validationErrors(
      places.map((place) => `Value null at '${place}' failed to satisfy constraint: Member must not be null`),
    ),
  );

/** A value of another type than the member has, such as `STRING_VALUE can not be converted to a List`. */
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
