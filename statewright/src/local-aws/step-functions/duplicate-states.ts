import type { ApiDiagnostic } from '../../asl/diagnostic';
import { fieldAt, itemAt } from '../../asl/location';
import { duplicateKeys } from '../../duplicate-keys';

type Path = readonly (string | number)[];

/**
 * States with the same name in one scope, of which JSON.parse would keep only the last. Step Functions refuses them when a
 * definition is saved (https://github.com/awslabs/statelint/issues/39).
 */
export function duplicateStates(definition: string): ApiDiagnostic[] {
  return [...duplicateKeys(definition)]
    .filter(({ path }) => isStates(path))
    .map(({ key, path }) => ({
      severity: 'ERROR',
      code: 'DUPLICATE_STATE_NAME',
      message: `Duplicate State name: ${key}`,
      location: [...path, key].reduce<string>(
        (location, step) => (typeof step === 'number' ? itemAt(location, step) : fieldAt(location, step)),
        '',
      ),
    }));
}

/** Whether a path is that of the `States` of a scope, not of a field of data with this name. */
function isStates([field, state, inner, ...rest]: Path): boolean {
  if (field !== 'States') return false;
  if (state === undefined) return true;
  if (inner === 'Branches') return isStates(rest.slice(1));
  return (inner === 'ItemProcessor' || inner === 'Iterator') && isStates(rest);
}
