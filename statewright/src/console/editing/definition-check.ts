import type { ApiDiagnostic } from '../../asl/diagnostic';
import type { WorkflowType } from '../../asl/validation/place';
import type { Position } from '../../definitions';
import { inThread } from '../page-thread';
import { positionsOf, readTyped } from '../page-work';
import type { Editing } from './editing';

/** A problem of a typed definition, with its place in the text; that of the definition as a whole has none. */
export type Finding = ApiDiagnostic & Partial<Position>;

export interface CheckedDefinition {
  /** The definition as it would be saved: JSON text. */
  readonly definition: string;
  readonly findings: readonly Finding[];
}

/** Reading a text of this length, in characters, takes some milliseconds; a longer one is read in a thread of its own. */
const SMALL = 16_384;
/** How long that may take, in milliseconds. */
const LIMIT = 20_000;

/** Checks a typed text as UpdateStateMachine would check the definition in it, and finds the places of the problems. */
export async function checkDefinition(
  editing: Editing,
  text: string,
  type: WorkflowType,
): Promise<CheckedDefinition> {
  const read = text.length <= SMALL ? readTyped(text) : await inThread('readTyped', [text], LIMIT);
  if (read === undefined || 'fault' in read) {
    const { fault: message, ...place } = read ?? { fault: 'The definition takes too long to read.' };
    const finding: Finding = { severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message, ...place };
    return { definition: text, findings: [finding] };
  }
  const diagnostics = await editing.diagnose(read.definition, type);
  return { ...read, findings: await withPlaces(text, diagnostics) };
}

export const hasErrors = ({ findings }: CheckedDefinition): boolean =>
  findings.some(({ severity }) => severity === 'ERROR');

async function withPlaces(text: string, diagnostics: readonly ApiDiagnostic[]): Promise<Finding[]> {
  const locations = diagnostics.flatMap(({ location }) => location ?? []);
  const found =
    text.length <= SMALL || locations.length === 0
      ? positionsOf(text, locations)
      : await inThread('positionsOf', [text, locations], LIMIT);
  const places = (found ?? []).values();
  return diagnostics.map(({ severity, code, message, location }) => {
    // AWS repeats a text that is not valid JSON, both in the message and as its location.
    const [shown = ''] = message.split('\n at [Source:');
    return {
      severity,
      code,
      message: shown,
      ...(location?.startsWith('/') && { location }),
      ...(location !== undefined && places.next().value),
    };
  });
}
