export type RequestMembers = Readonly<Record<string, unknown>>;

/** The operations that take a package, and the member that has it, if it is not the request itself. */
const CODE_MEMBERS: Readonly<Record<string, string | undefined>> = {
  CreateFunction: 'Code',
  PublishLayerVersion: 'Content',
  UpdateFunctionCode: undefined,
};

export const takesCode = (operation: string): boolean => Object.hasOwn(CODE_MEMBERS, operation);

/** The members of a request that say where its package is, and the request with others in their place. */
export function codeIn(
  operation: string,
  members: RequestMembers,
): { readonly code: RequestMembers; readonly replace: (code: RequestMembers) => RequestMembers } | undefined {
  if (!takesCode(operation)) return undefined;
  const member = CODE_MEMBERS[operation];
  if (member === undefined) return { code: members, replace: (code) => code };
  const code = members[member];
  if (typeof code !== 'object' || code === null) return undefined;
  return { code: code as RequestMembers, replace: (other) => ({ ...members, [member]: other }) };
}
