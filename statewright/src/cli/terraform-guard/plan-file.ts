import { readFileSync, statSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { UserError } from '../../user-error';

/**
 * Checks a saved plan: applying it writes to the backend of the plan, whatever the folder's configuration is now.
 * @throws UserError when its workspace is not that of local deployments, or its backend is of another type
 */
export function checkPlanFile(file: string, workspace: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory()) return;
  // A plan is a zip. Terraform itself refuses to apply any other file.
  if (found.isFile() && !readFileSync(file).subarray(0, 2).equals(Buffer.from('PK'))) return;
  requirePlanFile(file, workspace);
}

/**
 * @throws UserError for a file that exists and is not a saved plan of local deployments, such as a state, which
 * `terraform show` would read
 */
export function requirePlanFile(file: string, workspace: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory()) return;
  const backend = found.isFile() ? readBackend(readFileSync(file)) : undefined;
  if (backend && ['local', 's3'].includes(backend.type) && backend.workspace === workspace) return;
  throw new UserError(
    backend
      ? `The plan ${file} was made for the workspace "${backend.workspace}" of a "${backend.type}" backend.`
      : `${file} is not a saved plan, or its backend is not known.`,
    'Create the plan again in this shell: terraform plan -out=FILE',
  );
}

/** Whether a file is a saved plan of local deployments. */
export function isLocalPlan(file: string, workspace: string): boolean {
  try {
    requirePlanFile(file, workspace);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The numbers of the fields in Terraform's planfile.proto: `Plan.backend`, `Backend.type` and `Backend.workspace`. */
const planBackend = 13;
const backendType = 1;
const backendWorkspace = 3;

function readBackend(archive: Uint8Array): { readonly type: string; readonly workspace: string } | undefined {
  try {
    const { tfplan } = unzipSync(archive, { filter: ({ name }) => name === 'tfplan' });
    const backend = tfplan && fields(tfplan).get(planBackend);
    if (!backend) return undefined;
    const text = (field: number) => Buffer.from(fields(backend).get(field) ?? []).toString();
    return { type: text(backendType), workspace: text(backendWorkspace) };
  } catch {
    return undefined;
  }
}

/** The fields of a Protocol Buffers message that have a length: texts and messages. */
function fields(message: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++];
      if (byte === undefined) throw new RangeError('The message ends early.');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const wireType = tag & 7;
    if (wireType === 0) varint();
    else if (wireType === 1) at += 8;
    else if (wireType === 5) at += 4;
    else if (wireType === 2) {
      const length = varint();
      found.set(Math.floor(tag / 8), message.subarray(at, at + length));
      at += length;
    } else throw new RangeError('The message has a field of an unknown kind.');
  }
  return found;
}
