/** Names of states and labels of distributed Maps, which are unique in the state machine. */
import type { Steps } from '../../steps';
import { ownField, type ScopePart } from '../graph';
import { isToken } from '../token';
import type { Place } from './place';

/** Step Functions Developer Guide, "Service quotas" and "Map state fields in Distributed mode". */
const MAX_NAME = 80;
const MAX_LABEL = 40;

/** White space, wildcards, brackets, control and special characters. */
const NOT_IN_LABELS = /[\s?*<>{}[\]:;,\\|^~$#%&`"/\p{Cc}]/u;

export function* checkNames(scopes: readonly ScopePart[], at: Place): Steps<void> {
  const names = new Set<string>();
  const labels = new Set<string>();
  for (const { states } of scopes) {
    for (const { name, location, content } of states) {
      const place = at.with({ location });
      if (name.length > MAX_NAME && !isToken(name)) {
        place.error(
          `The state name "${name}" exceeds the ${MAX_NAME}-character limit allowed by the service`,
          'INVALID_STATE_NAME',
        );
      } else if (name === '') place.error('A state name cannot be empty', 'INVALID_STATE_NAME');
      if (names.has(name)) place.error(`Duplicate State name: ${name}`, 'DUPLICATE_STATE_NAME');
      names.add(name);

      const label = ownField(content, 'Label');
      if (typeof label === 'string' && !isToken(label)) checkLabel(label, labels, place.field('Label'));
      yield;
    }
  }
}

function checkLabel(label: string, labels: Set<string>, at: Place): void {
  if (label.length > MAX_LABEL) {
    at.error(
      `The label "${label}" exceeds the ${MAX_LABEL}-character limit allowed by the service`,
      'INVALID_LABEL_NAME',
    );
  } else if (NOT_IN_LABELS.test(label)) {
    at.error(`The label "${label}" contains invalid characters`, 'INVALID_LABEL_NAME');
  }
  if (labels.has(label)) at.error(`Duplicate Label name: ${label}`, 'DUPLICATE_LABEL_NAME');
  labels.add(label);
}
