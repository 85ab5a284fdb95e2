/**
 * Places in a definition, as the Step Functions API writes them in a diagnostic's `location`:
 * `/States/Pick/Choices[0]/Next`; empty for the definition itself.
 */

/** The place of an object's field. */
export const fieldAt = (location: string, name: string): string => `${location}/${name}`;

/** The place of an item in a list. */
export const itemAt = (location: string, index: number): string => `${location}[${index}]`;
